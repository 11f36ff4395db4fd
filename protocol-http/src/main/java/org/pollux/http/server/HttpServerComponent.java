package org.pollux.http.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.LimitReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server as a service, with every {@link HttpHandler} and {@link HttpFilter} service that has a path, and every
 * {@link ErrorPage}.
 */
@Component(configurationPid = "pollux.http", service = Protocol.class)
@Endpoint("tcp://127.0.0.1:8080")
@Designate(ocd = HttpConfiguration.class)
public final class HttpServerComponent implements Protocol, LimitReport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServerComponent.class);

    private final Routes routes = new Routes();
    private final Map<ServiceReference<?>, Routes.Registration> registrations = new ConcurrentHashMap<>();
    private final LimitCounts counts = new LimitCounts();
    private HttpSettings settings = HttpSettings.defaults();
    /** What of the configuration is not in force, a line each. */
    private volatile List<String> problems = List.of();

    private @Nullable ServiceRegistration<?> faults;
    private volatile HttpProtocol protocol = protocol(settings);

    /** Reports by an object of its own: this component needs handlers, and those may need the runtime that asks. */
    @Activate
    void begin(BundleContext context, HttpConfiguration configuration) {
        configure(configuration);
        faults = context.registerService(
                Supplier.class, () -> problems, FrameworkUtil.asDictionary(Map.of("pollux.faults", "pollux.http")));
    }

    /** The service stays registered when its configuration changes: connections and the endpoint are not touched. */
    @Modified
    void configure(HttpConfiguration configuration) {
        List<String> found = new ArrayList<>();
        settings = ConfiguredSettings.of(configuration, settings, found::add);
        protocol = protocol(settings);
        found.forEach(LOG::error);
        problems = List.copyOf(found);
    }

    /**
     * What is removed from now on is so because this component ends: the requests that its connections still have, or that are
     * on their way, are answered by those who did.
     */
    @Deactivate
    void end() {
        registrations.clear();
        if (faults != null) {
            faults.unregister();
        }
    }

    /** The counts go on through all configurations. */
    private HttpProtocol protocol(HttpSettings settings) {
        return new HttpProtocol(routes, settings, Time.SYSTEM, counts);
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return protocol.open(connection);
    }

    @Override
    public Map<String, Long> limitsMet() {
        return counts.limitsMet();
    }

    @Reference(
            service = HttpHandler.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "changeHandler")
    void addHandler(HttpHandler handler, ServiceReference<HttpHandler> service) {
        registrations.put(service, routes.add(handler, mount(handler, service), ServiceProperties.precedence(service)));
    }

    void changeHandler(HttpHandler handler, ServiceReference<HttpHandler> service) {
        replace(service, () -> addHandler(handler, service));
    }

    void removeHandler(ServiceReference<HttpHandler> service) {
        remove(service);
    }

    @Reference(
            service = HttpFilter.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "changeFilter")
    void addFilter(HttpFilter filter, ServiceReference<HttpFilter> service) {
        registrations.put(service, routes.add(filter, mount(filter, service), ServiceProperties.precedence(service)));
    }

    void changeFilter(HttpFilter filter, ServiceReference<HttpFilter> service) {
        replace(service, () -> addFilter(filter, service));
    }

    void removeFilter(ServiceReference<HttpFilter> service) {
        remove(service);
    }

    @Reference(
            service = ErrorPage.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "changeErrorPage")
    void addErrorPage(ErrorPage page, ServiceReference<ErrorPage> service) {
        try {
            ErrorPages.Page added = ServiceProperties.errorPage(page, service);
            registrations.put(service, routes.addErrorPage(added, ServiceProperties.precedence(service)));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "The error page {} of bundle {} is not used: {}",
                    page.getClass().getName(),
                    service.getBundle(),
                    e.getMessage());
        }
    }

    void changeErrorPage(ErrorPage page, ServiceReference<ErrorPage> service) {
        replace(service, () -> addErrorPage(page, service));
    }

    void removeErrorPage(ServiceReference<ErrorPage> service) {
        remove(service);
    }

    /** The new path is there before the old one goes, so that no request falls between them. */
    private void replace(ServiceReference<?> service, Runnable add) {
        Routes.Registration before = registrations.remove(service);
        add.run();
        if (before != null) {
            before.close();
        }
    }

    private void remove(ServiceReference<?> service) {
        Routes.Registration registration = registrations.remove(service);
        if (registration != null) {
            registration.close();
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
