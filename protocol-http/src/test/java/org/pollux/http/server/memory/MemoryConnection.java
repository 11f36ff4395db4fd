package org.pollux.http.server.memory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.contract.Asked;
import org.pollux.http.server.contract.Client;

/** Both ends of a connection: what the server has sent is there at once, unless the client holds back. */
final class MemoryConnection implements Client {

    /**
     * A step of a stream on its way to the client.
     *
     * @param bytes of the body that it brings
     */
    private record Frame(MemoryStream of, int bytes, Runnable arrival) {}

    private final MemoryWire wire;

    /** Those whose responses are not complete. */
    private final Set<MemoryStream> underWay = new LinkedHashSet<>();

    private final Deque<Frame> frames = new ArrayDeque<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong charged = new AtomicLong();
    private boolean held;
    private boolean draining;
    private boolean closed;

    MemoryConnection(MemoryWire wire) {
        this.wire = wire;
    }

    MemoryWire wire() {
        return wire;
    }

    // ---- the server's end

    /** Takes a step to the client. */
    void send(MemoryStream of, int bytes, Runnable arrival) {
        if (closed) {
            return;
        }
        if (held) {
            frames.add(new Frame(of, bytes, arrival));
            waiting.addAndGet(bytes);
        } else {
            arrival.run();
        }
    }

    boolean hasRoom() {
        return waiting.get() <= wire.loop().settings().connection().outbound();
    }

    /** Bytes of this stream that the client has not read. */
    long waitingOf(MemoryStream stream) {
        return frames.stream()
                .filter(frame -> frame.of.equals(stream))
                .mapToLong(Frame::bytes)
                .sum();
    }

    /** What waits of it is not sent. */
    void discard(MemoryStream stream) {
        waiting.addAndGet(-waitingOf(stream));
        frames.removeIf(frame -> frame.of.equals(stream));
    }

    /** It carries nothing more. */
    void ended(MemoryStream stream) {
        underWay.remove(stream);
        closed |= draining && underWay.isEmpty();
    }

    void charge(long bytes) {
        charged.addAndGet(bytes);
    }

    // ---- the client's end

    @Override
    public Asked ask(Ask request) {
        MemoryStream stream = wire.stream(this, request);
        underWay.add(stream);
        stream.serve();
        return stream;
    }

    @Override
    public void holdBack() {
        held = true;
    }

    @Override
    public long waiting() {
        return waiting.get();
    }

    @Override
    public void readOn() {
        held = false;
        while (!frames.isEmpty()) {
            frames.remove().arrival.run();
        }
        waiting.set(0);
        List.copyOf(underWay).forEach(MemoryStream::drained);
    }

    @Override
    public void goAway() {
        closed = true;
        List.copyOf(underWay).forEach(stream -> stream.gone(new IOException("Connection reset")));
        frames.clear();
        waiting.set(0);
    }

    @Override
    public void drain() {
        draining = true;
        List.copyOf(underWay).forEach(MemoryStream::windUp);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public long charged() {
        return charged.get();
    }
}
