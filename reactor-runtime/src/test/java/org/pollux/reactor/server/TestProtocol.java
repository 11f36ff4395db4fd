package org.pollux.reactor.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;

/** Greets with its name, which is one letter, and then echoes. Leaves when it is told to, unless it is stubborn. */
final class TestProtocol implements Protocol, ConnectionHandler {

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger told = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final String name;
    private boolean stubborn;

    TestProtocol(String name) {
        this.name = name;
    }

    /** Its connections go on when the server wants them to end. */
    TestProtocol stubborn() {
        stubborn = true;
        return this;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        opened.incrementAndGet();
        return this;
    }

    @Override
    public void onOpen(Connection connection) {
        connection.write(UTF_8.encode(name));
    }

    @Override
    public void onData(Connection connection, ByteBuffer in) {
        if (!connection.write(in)) {
            connection.pauseReading();
        }
    }

    @Override
    public void onDrained(Connection connection) {
        connection.resumeReading();
    }

    @Override
    public void onShutdown(Connection connection) {
        told.incrementAndGet();
        if (!stubborn) {
            connection.close();
        }
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        closed.incrementAndGet();
    }
}
