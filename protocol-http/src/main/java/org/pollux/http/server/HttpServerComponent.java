package org.pollux.http.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server as a service, with every {@link HttpHandler} service that has a path. */
@Component(configurationPid = "pollux.http", service = Protocol.class)
@Endpoint("tcp://127.0.0.1:8080")
@Designate(ocd = HttpConfiguration.class)
public final class HttpServerComponent implements Protocol {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServerComponent.class);

    private final Routes routes = new Routes();
    private final Map<ServiceReference<HttpHandler>, Routes.Registration> handlers = new ConcurrentHashMap<>();
    private volatile HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());

    /** The service stays registered when its configuration changes: connections and the endpoint are not touched. */
    @Activate
    @Modified
    void configure(HttpConfiguration configuration) {
        try {
            protocol = new HttpProtocol(routes, settings(configuration));
        } catch (RuntimeException e) {
            LOG.error("Configuration pollux.http is not used, what was set before goes on: {}", e.getMessage());
        }
    }

    private static HttpSettings settings(HttpConfiguration configuration) {
        return new HttpSettings(
                configuration.requestLineLimit(),
                configuration.headLimit(),
                Duration.ofSeconds(configuration.headTimeout()),
                Duration.ofSeconds(configuration.idleTimeout()),
                Optional.of(configuration.server()).filter(name -> !name.isEmpty()));
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return protocol.open(connection);
    }

    @Reference(
            service = HttpHandler.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "changeHandler")
    void addHandler(HttpHandler handler, ServiceReference<HttpHandler> service) {
        try {
            handlers.put(service, routes.add(handler, paths(service), precedence(service)));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "The handler {} of bundle {} is not served: {}. Its path comes from @Path on the component, or from"
                            + " the key `path` of its configuration",
                    handler.getClass().getName(),
                    service.getBundle().getSymbolicName(),
                    e.getMessage());
        }
    }

    /** The new path is there before the old one goes, so that no request falls between them. */
    void changeHandler(HttpHandler handler, ServiceReference<HttpHandler> service) {
        Routes.Registration before = handlers.remove(service);
        addHandler(handler, service);
        if (before != null) {
            before.close();
        }
    }

    void removeHandler(ServiceReference<HttpHandler> service) {
        Routes.Registration registration = handlers.remove(service);
        if (registration != null) {
            registration.close();
        }
    }

    /** The property {@code path}, which is a text or several. */
    private static List<String> paths(ServiceReference<HttpHandler> service) {
        return switch (service.getProperty("path")) {
            case String path -> List.of(path);
            case String[] paths when paths.length > 0 -> List.of(paths);
            case null, default -> throw new IllegalArgumentException("It has no path");
        };
    }

    private static Routes.Precedence precedence(ServiceReference<HttpHandler> service) {
        int ranking = service.getProperty(Constants.SERVICE_RANKING) instanceof Integer value ? value : 0;
        return new Routes.Precedence(ranking, (Long) service.getProperty(Constants.SERVICE_ID));
    }
}
