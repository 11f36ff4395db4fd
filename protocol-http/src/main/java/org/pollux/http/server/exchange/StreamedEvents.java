package org.pollux.http.server.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.EventStream;
import org.pollux.http.ServerSentEvent;
import org.pollux.reactor.Handle;

/** Server-sent events over a response in pieces: what they add is a heartbeat, and an end in good order. */
final class StreamedEvents implements EventStream {

    /** The time that the HTML Standard recommends (section 9.2.7). */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final byte[] BEAT = ":\n\n".getBytes(UTF_8);

    private final StreamedResponse out;
    private final Carrier carrier;
    private final Optional<String> lastEventId;

    /** Called inside a change of the routes, which must not call a handler. */
    private final Runnable departed = this::closeLater;

    /** For the loop's thread. */
    private @Nullable Handle beating;

    private StreamedEvents(StreamedResponse out, Carrier carrier, Optional<String> lastEventId) {
        this.out = out;
        this.carrier = carrier;
        this.lastEventId = lastEventId;
    }

    /**
     * From any thread: begins, and sends the head of the response.
     *
     * @param lastEventId as the field of the request has it
     * @param departure of the handler's service
     */
    static StreamedEvents begin(
            StreamedResponse out, Carrier by, Optional<String> lastEventId, @Nullable Departure departure) {
        StreamedEvents begun = new StreamedEvents(out, by, lastEventId.map(StreamedEvents::decoded));
        by.onLoop(() -> begun.begin(departure));
        return begun;
    }

    /** An id is sent in UTF-8, and the value of a field has a character for each octet. */
    private static String decoded(String value) {
        return new String(value.getBytes(ISO_8859_1), UTF_8);
    }

    private void begin(@Nullable Departure departure) {
        out.whenOver(() -> {
            beat(Duration.ZERO);
            if (departure != null) {
                departure.forget(departed);
            }
        });
        out.flush();
        if (departure != null && out.isOpen()) {
            departure.await(departed);
        }
        out.whenWoundUp(this::close);
        beat(HEARTBEAT);
    }

    // ---- from any thread

    @Override
    public boolean send(ServerSentEvent event) {
        boolean room = out.write(event.bytes());
        out.flush();
        return room;
    }

    @Override
    public EventStream heartbeat(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("The interval of a heartbeat is negative: " + interval);
        }
        carrier.onLoop(() -> beat(interval));
        return this;
    }

    @Override
    public EventStream onDrained(Runnable callback) {
        out.onDrained(callback);
        return this;
    }

    @Override
    public EventStream onClosed(Runnable callback) {
        out.onClosed(callback);
        return this;
    }

    @Override
    public Optional<String> lastEventId() {
        return lastEventId;
    }

    @Override
    public boolean isOpen() {
        return out.isOpen();
    }

    @Override
    public void close() {
        out.close();
    }

    private void closeLater() {
        carrier.execute(this::close);
    }

    // ---- on the loop

    private void beat(Duration interval) {
        if (beating != null) {
            beating.close();
            beating = null;
        }
        if (!interval.isZero() && out.isOpen()) {
            beating = carrier.reactor().every(interval, _ -> carrier.execute(this::beat));
        }
    }

    private void beat() {
        if (out.hasRoom()) {
            boolean _ = out.write(ByteBuffer.wrap(BEAT));
            out.flush();
        }
    }
}
