package org.pollux.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;

/**
 * Sends the time to every client, once a second while it listens: server-sent events, which a browser reads with {@code
 * new EventSource("/events")}. One thread serves all clients. A client that does not keep up misses events.
 */
@Component(configurationPid = "pollux.samples.events")
@Designate(ocd = HandlerConfiguration.class)
@Path("/events")
public final class Events implements HttpHandler {

    /** The listening clients, and whether they can take an event now. */
    private final Map<ResponseStream, AtomicBoolean> clients = new ConcurrentHashMap<>();

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    public Events() {
        var _ = timer.scheduleAtFixedRate(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void handle(Request request, Response response) {
        ResponseStream client =
                response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-store").stream();
        AtomicBoolean room = new AtomicBoolean(true);
        client.onDrained(() -> room.set(true));
        client.onClosed(() -> clients.remove(client));
        clients.put(client, room);
        client.flush(); // so that the client knows at once that it is connected
    }

    private void tell() {
        byte[] event = ("data: " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n\n").getBytes(UTF_8);
        clients.forEach((client, room) -> tell(client, room, event));
    }

    private void tell(ResponseStream client, AtomicBoolean room, byte[] event) {
        if (room.getAndSet(false) && client.write(event)) { // set before, for onDrained may come at once
            room.set(true);
        }
        client.flush();
    }

    /**
     * Closes the streams. Otherwise the clients would keep the bundle in memory, and would be cut when the server
     * stops.
     */
    @Deactivate
    void stop() {
        timer.shutdown();
        clients.keySet().forEach(ResponseStream::close);
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
