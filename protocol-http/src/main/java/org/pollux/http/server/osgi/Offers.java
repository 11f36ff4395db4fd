package org.pollux.http.server.osgi;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.ServiceReference;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.routing.ErrorPages;
import org.pollux.http.server.routing.Precedence;
import org.pollux.http.server.settings.Mount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the offers of handlers, filters and error pages from their service properties. Bad properties are logged. */
final class Offers {

    private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

    private Offers() {}

    static Offer of(HttpHandler handler, ServiceReference<HttpHandler> service) {
        Mount mount = mount(handler, service);
        List<String> requires = ServiceProperties.requires(service);
        Precedence precedence = ServiceProperties.precedence(service);
        return new Offer(
                Offer.Kind.HANDLER, service, mount, routes -> routes.add(handler, mount, requires, precedence));
    }

    static Offer of(HttpFilter filter, ServiceReference<HttpFilter> service) {
        Mount mount = mount(filter, service);
        String name = ServiceProperties.name(service);
        Precedence precedence = ServiceProperties.precedence(service);
        return new Offer(Offer.Kind.FILTER, service, mount, routes -> routes.add(filter, mount, name, precedence));
    }

    /** Empty when the page is not used: a page for some paths must not be used for all. */
    static Optional<Offer> of(ErrorPage page, ServiceReference<ErrorPage> service) {
        try {
            ErrorPages.Page added = ServiceProperties.errorPage(page, service);
            Precedence precedence = ServiceProperties.precedence(service);
            return Optional.of(new Offer(
                    Offer.Kind.PAGE, service, added.mount(), routes -> routes.addErrorPage(added, precedence)));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "The error page {} of bundle {} is not used: {}",
                    page.getClass().getName(),
                    service.getBundle(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static Mount mount(Object servant, ServiceReference<?> service) {
        return ServiceProperties.mount(
                service,
                problem -> LOG.error(
                        "The HTTP handler {} of bundle {} is not served: {}. Give its component @Path(\"/some/path\"), or"
                                + " set path = /some/path in its configuration",
                        servant.getClass().getName(),
                        service.getBundle(),
                        problem));
    }
}
