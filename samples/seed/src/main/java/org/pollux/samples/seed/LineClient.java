package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.framing.FrameHandler;
import org.pollux.reactor.framing.Framing;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** A buffered stream with a marker: sends lines to a server, and is called for each line of the response. */
public final class LineClient implements FrameHandler {

    private static final Framing LINES = Framing.delimitedBy(8192, "\r\n", "\n");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<String> output;

    private LineClient(Consumer<String> output) {
        this.output = output;
    }

    /**
     * Prints what happens until the server ends the connection.
     *
     * @param args a host, a port, and the lines to send
     * @throws IOException if the system has no descriptors left
     */
    public static void main(String[] args) throws IOException {
        try (Reactor reactor = new EventLoop(new NioBackend())) {
            SocketAddress server = InetSocketAddress.createUnresolved(args[0], Integer.parseInt(args[1]));
            send(reactor, server, List.of(args).subList(2, args.length), System.out::println);
            reactor.run();
        }
    }

    static void send(Reactor reactor, SocketAddress server, List<String> lines, Consumer<String> output) {
        Connection connection = reactor.connect(server, LINES.around(new LineClient(output)));
        connection.idleTimeout(PATIENCE);
        for (String line : lines) {
            connection.write(UTF_8.encode(line + "\n"));
        }
        connection.closeOutput();
    }

    @Override
    public void onOpen(Connection connection) {
        output.accept("connected");
    }

    @Override
    public void onFrame(Connection connection, ByteBuffer line) {
        output.accept("line: " + UTF_8.decode(line));
    }

    @Override
    public void onInputClosed(Connection connection) {
        output.accept("end");
        connection.close();
    }

    @Override
    public void onTimeout(Connection connection) {
        output.accept("nothing for " + PATIENCE);
        connection.abort();
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        if (cause != null) {
            output.accept("failed: " + cause.getMessage());
        }
    }
}
