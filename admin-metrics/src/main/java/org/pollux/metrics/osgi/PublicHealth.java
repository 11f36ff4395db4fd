package org.pollux.metrics.osgi;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;

/** Health at the endpoints of HTTP, under the configured paths. */
@Component(
        configurationPid = "pollux.health",
        service = {},
        immediate = true)
@Designate(ocd = HealthConfiguration.class)
public final class PublicHealth {

    private final List<ServiceRegistration<?>> handlers;

    /** Registers a handler for each path. */
    @Activate
    public PublicHealth(BundleContext context, @Reference Readiness readiness, HealthConfiguration configuration) {
        handlers = Stream.of(
                        at(context, configuration.live(), new LiveHandler(), false),
                        at(context, configuration.ready(), new ReadyHandler(readiness), true))
                .flatMap(List::stream)
                .toList();
    }

    private static List<ServiceRegistration<?>> at(
            BundleContext context, String path, HttpHandler handler, boolean blocking) {
        return path.isBlank()
                ? List.of()
                : List.of(context.registerService(
                        HttpHandler.class,
                        handler,
                        FrameworkUtil.asDictionary(Map.of("path", path.strip(), "blocking", blocking))));
    }

    @Deactivate
    void close() {
        handlers.forEach(ServiceRegistration::unregister);
    }
}
