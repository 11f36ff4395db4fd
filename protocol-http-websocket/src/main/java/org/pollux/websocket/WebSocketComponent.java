package org.pollux.websocket;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.websocket.WebSocketHandler;
import org.pollux.http.wire.websocket.CloseCode;
import org.pollux.http.wire.websocket.SessionMemory;
import org.pollux.reactor.admin.LimitReport;
import org.pollux.reactor.admin.WebSocketReport;
import org.pollux.reactor.admin.WebSocketStatus;

/** Follows the services of type {@link WebSocketHandler}, and registers an HTTP handler for each. */
@Component(
        configurationPid = WebSocketComponent.PID,
        service = {LimitReport.class, WebSocketReport.class},
        immediate = true)
@Designate(ocd = WebSocketConfiguration.class)
public final class WebSocketComponent implements LimitReport, WebSocketReport {

    static final String PID = "pollux.http.websocket";

    private final Bundle framework;
    private final Tally tally = new Tally();
    private final Connections connections = new Connections();
    private final SessionMemory memory;
    private final Map<ServiceReference<?>, Mounted> mounted = new ConcurrentHashMap<>();
    private volatile WebSocketSettings settings;

    @Activate
    public WebSocketComponent(BundleContext context, WebSocketConfiguration from) {
        framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        memory = new SessionMemory(from.compressionLevel());
        settings = settings(from);
    }

    @Modified
    void configure(WebSocketConfiguration from) {
        settings = settings(from);
    }

    private static WebSocketSettings settings(WebSocketConfiguration from) {
        Set<String> origins = Stream.of(from.origins())
                .flatMap(value -> Stream.of(value.split(",")))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return new WebSocketSettings(
                from.maxMessage(),
                from.maxConnections(),
                from.maxMemory(),
                Duration.ofSeconds(from.ping()),
                Duration.ofSeconds(from.closeTimeout()),
                Duration.ofSeconds(from.drain()),
                origins,
                from.compression(),
                from.contextTakeover(),
                from.compressFrom());
    }

    /** Clients of a server that stops should go elsewhere; those of an updated bundle can come back. */
    @Deactivate
    void end() {
        int code = (framework.getState() & (Bundle.STOPPING | Bundle.RESOLVED)) != 0
                ? CloseCode.GOING_AWAY
                : CloseCode.RESTART;
        mounted.values().forEach(one -> one.leave(code));
        mounted.clear();
        memory.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHandler(ServiceReference<WebSocketHandler> reference, WebSocketHandler handler) {
        mounted.put(reference, Mounted.of(reference, handler, () -> settings, memory, tally, connections));
    }

    void updatedHandler(ServiceReference<WebSocketHandler> reference) {
        Mounted one = mounted.get(reference);
        if (one != null) {
            one.update(reference);
        }
    }

    void unbindHandler(ServiceReference<WebSocketHandler> reference) {
        Mounted gone = mounted.remove(reference);
        if (gone != null) {
            gone.leave(CloseCode.RESTART);
        }
    }

    @Override
    public Map<String, Long> limitsMet() {
        return tally.times();
    }

    @Override
    public WebSocketStatus webSockets() {
        return connections.status(PID, tally.memory());
    }
}
