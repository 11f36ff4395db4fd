package org.pollux.http.jdk;

import com.sun.net.httpserver.HttpHandler;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Registers each service of the JDK's {@link HttpHandler} that has a {@code path} again, as a blocking handler of this
 * server. Its properties mean the same, but it receives all methods unless it names some.
 *
 * <p>An updated server must find these handlers before its first request, and keep them until its last one. Because of its
 * name, this component is activated before the server's component. Its registrations end last, when its bundle has stopped.
 */
@Component(service = {})
public final class JdkHandlers {

    private static final String[] COPIED = {
        "path", "host", "subpaths", "requires", "component.name", "service.pid", Constants.SERVICE_RANKING
    };

    private final BundleContext context;
    private final Map<ServiceReference<HttpHandler>, ServiceRegistration<?>> registrations = new ConcurrentHashMap<>();

    @Activate
    public JdkHandlers(BundleContext context) {
        this.context = context;
    }

    @Deactivate
    void end() {
        if (context.getBundle().getState() == Bundle.STOPPING) {
            registrations.clear();
        }
    }

    @Reference(
            service = HttpHandler.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "changeHandler")
    void addHandler(HttpHandler handler, ServiceReference<HttpHandler> service) {
        if (service.getProperty("path") != null) {
            registrations.put(
                    service,
                    context.registerService(
                            org.pollux.http.HttpHandler.class, JdkAdapter.of(handler), properties(service)));
        }
    }

    void changeHandler(HttpHandler handler, ServiceReference<HttpHandler> service) {
        ServiceRegistration<?> registration = registrations.get(service);
        if (registration != null && service.getProperty("path") != null) {
            registration.setProperties(properties(service));
        } else {
            removeHandler(service);
            addHandler(handler, service);
        }
    }

    void removeHandler(ServiceReference<HttpHandler> service) {
        ServiceRegistration<?> registration = registrations.remove(service);
        if (registration != null) {
            registration.unregister();
        }
    }

    @SuppressWarnings("JdkObsolete") // the framework requires this type
    private static Dictionary<String, Object> properties(ServiceReference<?> service) {
        Dictionary<String, Object> properties = new Hashtable<>();
        for (String key : COPIED) {
            Optional.ofNullable(service.getProperty(key)).ifPresent(value -> properties.put(key, value));
        }
        properties.put(
                "methods", Optional.ofNullable(service.getProperty("methods")).orElse("*"));
        properties.put("blocking", true);
        Optional.ofNullable(service.getBundle())
                .ifPresent(bundle -> properties.put("pollux.http.bundle", bundle.getBundleId()));
        return properties;
    }
}
