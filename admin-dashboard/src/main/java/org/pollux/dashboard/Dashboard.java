package org.pollux.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.pollux.http.HttpHandler;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.StatusDocument;

/**
 * Offers the dashboard to the endpoint of administration, which is off unless PID {@code pollux.admin} has an address, and lets in
 * those who may administer the server.
 */
@Component(
        immediate = true,
        service = {})
public final class Dashboard {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Feed feed;
    private final List<ServiceRegistration<HttpHandler>> registrations;

    @Activate
    public Dashboard(@Reference StatusDocument status, @Reference Server server, BundleContext context) {
        feed = new Feed(status, INTERVAL);
        registrations = Place.all(status, server, feed).stream()
                .map(place -> register(place, context))
                .toList();
    }

    private static ServiceRegistration<HttpHandler> register(Place place, BundleContext context) {
        return context.registerService(
                HttpHandler.class,
                place.handler(),
                FrameworkUtil.asDictionary(Map.of(
                        "path", place.paths().toArray(String[]::new),
                        "methods", place.method(),
                        "blocking", place.blocks(),
                        "administration", true)));
    }

    /** The pages connect again, and reach the next version. */
    @Deactivate
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
        feed.close();
    }
}
