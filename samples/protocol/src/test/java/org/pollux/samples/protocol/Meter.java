package org.pollux.samples.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/** Counts the bytes that a client sends, and responds with their number after the client's FIN. */
final class Meter implements ConnectionHandler {

    private long total;

    @Override
    public void onOpen(Connection connection) {
        connection.idleTimeout(Duration.ofSeconds(30));
    }

    @Override
    public void onData(Connection connection, ByteBuffer in) {
        total += in.remaining();
        in.position(in.limit());
    }

    @Override
    public void onInputClosed(Connection connection) {
        respond(connection, total + " bytes\n");
    }

    @Override
    public void onTimeout(Connection connection) {
        respond(connection, "timeout after " + total + " bytes\n");
    }

    @Override
    public void onShutdown(Connection connection) {
        respond(connection, "shutdown after " + total + " bytes\n");
    }

    private static void respond(Connection connection, String text) {
        connection.write(UTF_8.encode(text));
        connection.close();
    }
}
