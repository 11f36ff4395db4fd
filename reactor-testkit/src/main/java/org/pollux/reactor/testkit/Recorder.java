package org.pollux.reactor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/**
 * Records its callbacks, and otherwise behaves like a handler that overrides nothing and takes all data. It also records
 * violations of the order that every handler may rely on: callbacks that run one inside another, or after the end.
 * The callbacks run on the loop. A test may read what was recorded on its own thread meanwhile.
 */
public class Recorder implements ConnectionHandler {

    private final List<String> log = new CopyOnWriteArrayList<>();

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile @Nullable Connection connection;
    private volatile Optional<Throwable> cause = Optional.empty();
    private boolean inside;

    private void hear(String what, Runnable reaction) {
        if (inside) {
            log.add(what + " inside another callback");
        }
        if (log.contains("closed")) {
            log.add(what + " after the end");
        }
        if (!what.equals("data") || log.isEmpty() || !log.getLast().equals("data")) {
            log.add(what);
        }
        inside = true;
        try {
            reaction.run();
        } finally {
            inside = false;
        }
    }

    // ---- for a test to override

    protected void opened(Connection c) {}

    protected void data(Connection c, ByteBuffer in) {
        take(in);
    }

    protected void drained(Connection c) {}

    protected void inputClosed(Connection c) {
        ConnectionHandler.super.onInputClosed(c);
    }

    protected void timedOut(Connection c) {
        ConnectionHandler.super.onTimeout(c);
    }

    protected void shutdown(Connection c) {}

    protected void closed(Connection c) {}

    // ---- for a test to call

    /** The names of the callbacks, for the test to read and clear; {@code data} in a row is listed once. */
    public final List<String> log() {
        return log;
    }

    public final Connection connection() {
        return requireNonNull(connection, "the connection was not opened");
    }

    public final boolean isClosed() {
        return log.contains("closed");
    }

    public final Optional<Throwable> cause() {
        return cause;
    }

    public final String causeMessage() {
        return String.valueOf(cause.map(Throwable::getMessage).orElse("none"));
    }

    public final String text() {
        return received.toString(UTF_8);
    }

    public final byte[] bytes() {
        return received.toByteArray();
    }

    public final int size() {
        return received.size();
    }

    public final long count(String what) {
        return log.stream().filter(what::equals).count();
    }

    public final void take(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        received.writeBytes(bytes);
    }

    // ---- ConnectionHandler

    @Override
    public final void onOpen(Connection c) {
        connection = c;
        hear("open", () -> opened(c));
    }

    @Override
    public final void onData(Connection c, ByteBuffer in) {
        hear("data", () -> data(c, in));
    }

    @Override
    public final void onDrained(Connection c) {
        hear("drained", () -> drained(c));
    }

    @Override
    public final void onInputClosed(Connection c) {
        hear("inputClosed", () -> inputClosed(c));
    }

    @Override
    public final void onTimeout(Connection c) {
        hear("timeout", () -> timedOut(c));
    }

    @Override
    public final void onShutdown(Connection c) {
        hear("shutdown", () -> shutdown(c));
    }

    @Override
    public final void onClosed(Connection c, @Nullable Throwable why) {
        cause = Optional.ofNullable(why);
        hear("closed", () -> closed(c));
    }
}
