package org.pollux.websocket;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.pollux.http.HttpHandler;
import org.pollux.http.websocket.WebSocketHandler;
import org.pollux.http.wire.websocket.SessionMemory;

/**
 * A handler in the routes of the HTTP server. The HTTP handler is registered in the name of the handler's bundle and with the
 * properties of its service. So the server waits for the next version of that bundle as for one with an HTTP handler.
 */
final class Mounted {

    private static final Set<String> OF_THE_FRAMEWORK =
            Set.of(Constants.OBJECTCLASS, Constants.SERVICE_ID, Constants.SERVICE_BUNDLEID, Constants.SERVICE_SCOPE);

    private final UpgradeHandler handler;
    private final ServiceRegistration<HttpHandler> registration;

    private Mounted(UpgradeHandler handler, ServiceRegistration<HttpHandler> registration) {
        this.handler = handler;
        this.registration = registration;
    }

    static Mounted of(
            ServiceReference<WebSocketHandler> reference,
            WebSocketHandler handler,
            Supplier<WebSocketSettings> settings,
            SessionMemory memory,
            Tally tally,
            Connections connections) {
        UpgradeHandler made =
                new UpgradeHandler(handler, subprotocols(reference), settings, memory, tally, connections);
        BundleContext context = reference.getBundle().getBundleContext();
        return new Mounted(made, context.registerService(HttpHandler.class, made, properties(reference)));
    }

    private static Set<String> subprotocols(ServiceReference<?> reference) {
        Object value = reference.getProperty("subprotocols");
        Stream<String> names = value instanceof String[] several
                ? Stream.of(several)
                : Stream.ofNullable(value).map(String::valueOf);
        return names.flatMap(name -> Stream.of(name.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Dictionary<String, Object> properties(ServiceReference<?> reference) {
        Map<String, Object> copied = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            if (!OF_THE_FRAMEWORK.contains(key)) {
                copied.put(key, reference.getProperty(key));
            }
        }
        copied.put("methods", "GET");
        return FrameworkUtil.asDictionary(copied);
    }

    /** The service has other properties, perhaps another path. Its connections stay. */
    void update(ServiceReference<?> reference) {
        registration.setProperties(properties(reference));
    }

    /** Ends its connections with that code, and leaves the routes. */
    void leave(int code) {
        handler.leave(code);
        try {
            registration.unregister();
        } catch (IllegalStateException _) { // the framework has done so, because its bundle has stopped
            return;
        }
    }
}
