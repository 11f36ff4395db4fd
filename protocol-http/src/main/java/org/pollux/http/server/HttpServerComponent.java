package org.pollux.http.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
            LOG.error("Configuration pollux.http is not used, and what was before goes on: {}", e.getMessage());
        }
    }

    private static HttpSettings settings(HttpConfiguration configuration) {
        return new HttpSettings(
                number("requestLineLimit", configuration::requestLineLimit),
                number("headLimit", configuration::headLimit),
                Duration.ofSeconds(number("headTimeout", configuration::headTimeout)),
                Duration.ofSeconds(number("idleTimeout", configuration::idleTimeout)),
                Optional.of(configuration.server()).filter(name -> !name.isEmpty()));
    }

    /** Declarative Services converts a value when it is asked for, and says what was wrong with it but not with which. */
    private static int number(String key, IntSupplier value) {
        try {
            return value.getAsInt();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(key + " must be a whole number: " + e.getMessage(), e);
        }
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
        List<String> paths = paths(service.getProperty("path"));
        if (paths.isEmpty()) {
            report(handler, service, "it has no path");
        }
        List<String> valid = new ArrayList<>();
        for (String path : paths) {
            try {
                PathSyntax.require(path);
                valid.add(path);
            } catch (IllegalArgumentException e) {
                report(handler, service, String.valueOf(e.getMessage()));
            }
        }
        handlers.put(service, routes.add(handler, valid, precedence(service)));
    }

    private static void report(HttpHandler handler, ServiceReference<HttpHandler> service, String problem) {
        LOG.error(
                "The HTTP handler {} of bundle {} is not served: {}. Give its component @Path(\"/some/path\"), or set path"
                        + " = /some/path in its configuration",
                handler.getClass().getName(),
                service.getBundle(),
                problem);
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

    /** A text, an array or a collection; one text may list several, separated by commas. */
    private static List<String> paths(@Nullable Object property) {
        Stream<?> values = switch (property) {
            case null -> Stream.of();
            case Object[] array -> Stream.of(array);
            case Collection<?> collection -> collection.stream();
            default -> Stream.of(property);
        };
        return values.flatMap(value -> Stream.of(value.toString().split(",")))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .toList();
    }

    private static Routes.Precedence precedence(ServiceReference<HttpHandler> service) {
        int ranking = service.getProperty(Constants.SERVICE_RANKING) instanceof Integer value ? value : 0;
        return new Routes.Precedence(ranking, (Long) service.getProperty(Constants.SERVICE_ID));
    }
}
