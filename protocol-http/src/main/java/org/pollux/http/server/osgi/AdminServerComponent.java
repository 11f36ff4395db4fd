package org.pollux.http.server.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.RequestReport;
import org.pollux.reactor.admin.RequestStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP for the administration of the server: the handlers with {@link org.pollux.http.Administration}, behind {@link AccessFilter}.
 * Without a configured endpoint nobody asks for the service, and nothing of this is made.
 */
@Component(
        configurationPid = "pollux.admin",
        service = Protocol.class,
        property = {"loop=admin", "pollux.administration=true", "alpn=h2", "alpn=http/1.1", "alpn=http/1.0"})
@Designate(ocd = AdminConfiguration.class)
public final class AdminServerComponent implements Protocol, RequestReport {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServerComponent.class);

    private final RouteRegistry routes = new RouteRegistry();
    private final WireChooser protocol = new WireChooser(routes, HttpSettings.defaults());
    private final Map<ServiceReference<?>, Offer> offers = new ConcurrentHashMap<>();
    private final Path tokenFile;
    private volatile Optional<AccessToken> token = Optional.empty();

    /** Serves at the configured endpoints. */
    @Activate
    public AdminServerComponent(BundleContext context, AdminConfiguration configuration) {
        String home = context.getProperty("pollux.home");
        tokenFile = Path.of(home == null ? "" : home).resolve("run").resolve("admin.token");
        routes.add(new AccessFilter(() -> token), Mount.at("/*"));
        configure(configuration);
    }

    /** The service stays registered, and open connections go on. */
    @Modified
    void configure(AdminConfiguration configuration) {
        token = configuration.token().isBlank()
                ? made()
                : Optional.of(new AccessToken(configuration.token().strip()));
    }

    private Optional<AccessToken> made() {
        try {
            return Optional.of(AccessToken.in(tokenFile));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.error("Administration by HTTP lets nobody in but clients of a Unix socket: {}", e.toString());
            return Optional.empty();
        }
    }

    @Deactivate
    void end() {
        routes.release();
    }

    @Reference(
            service = HttpHandler.class,
            target = "(administration=true)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "change",
            unbind = "remove")
    void add(HttpHandler handler, ServiceReference<HttpHandler> service) {
        Offer offer = Offers.of(handler, service);
        replace(service, offer);
    }

    void change(HttpHandler handler, ServiceReference<HttpHandler> service) {
        add(handler, service);
    }

    void remove(ServiceReference<HttpHandler> service) {
        replace(service, null);
    }

    private void replace(ServiceReference<?> service, @Nullable Offer next) {
        routes.together(() -> {
            Offer before = next == null ? offers.remove(service) : offers.put(service, next);
            if (before != null) {
                before.leave();
            }
            if (next != null) {
                next.enter(routes);
            }
        });
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return protocol.open(connection);
    }

    @Override
    public RequestStatus requests() {
        return routes.meters().read("pollux.admin");
    }
}
