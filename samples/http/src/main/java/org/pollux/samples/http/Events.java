package org.pollux.samples.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.EventStream;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ServerSentEvent;

/**
 * Sends the time to every client, once a second while it listens: server-sent events, which a browser reads with {@code
 * new EventSource("/events")}. One thread serves all clients. A client that does not keep up misses events. When this bundle
 * is updated, the server ends the streams, and the clients connect again.
 */
@Component(configurationPid = "pollux.samples.events")
@Designate(ocd = HandlerConfiguration.class)
@Path("/events")
public final class Events implements HttpHandler {

    /** The listening clients, and whether they can take an event now. */
    private final Map<EventStream, AtomicBoolean> clients = new ConcurrentHashMap<>();

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    public Events() {
        var _ = timer.scheduleAtFixedRate(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void handle(Request request, Response response) {
        EventStream client = response.events();
        AtomicBoolean room = new AtomicBoolean(true);
        clients.put(client, room);
        client.onDrained(() -> room.set(true)).onClosed(() -> clients.remove(client));
    }

    private void tell() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ServerSentEvent event = ServerSentEvent.of(now.toString());
        clients.forEach((client, room) -> tell(client, room, event));
    }

    private static void tell(EventStream client, AtomicBoolean room, ServerSentEvent event) {
        if (room.getAndSet(false) && client.send(event)) { // set before, because onDrained may come at once
            room.set(true);
        }
    }

    @Deactivate
    void stop() {
        timer.shutdown();
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
