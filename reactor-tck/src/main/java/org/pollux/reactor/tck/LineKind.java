package org.pollux.reactor.tck;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The kinds of stream that a poller must support. Both ends of a socket read and write; a pipe has one direction. */
enum LineKind {
    TCP {
        @Override
        Line open(Duration patience) throws IOException {
            try (var listener = ServerSocketChannel.open().bind(LOOPBACK)) {
                return connect(listener, patience);
            }
        }
    },

    /** TCP whose bytes move through the registration alone: a poller may receive ahead and send later (P23 to P29). */
    STREAM {
        @Override
        Line open(Duration patience) throws IOException {
            return TCP.open(patience);
        }
    },

    UNIX_DOMAIN {
        @Override
        Line open(Duration patience) throws IOException {
            Path folder = Files.createTempDirectory("tck");
            Path socket = folder.resolve("s");
            try (var listener =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
                return connect(listener, patience);
            } finally {
                Files.deleteIfExists(socket);
                Files.delete(folder);
            }
        }
    },

    PIPE {
        @Override
        Line open(Duration patience) throws IOException {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            return new Line(pipe.source(), pipe.sink(), patience);
        }
    };

    static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Whether its sources are streams in the sense of {@link org.pollux.reactor.spi.Source#isStream}. */
    boolean isStream() {
        return this == STREAM;
    }

    /**
     * Opens both ends, non-blocking and not registered anywhere.
     *
     * @param patience the longest time that the reader waits for expected bytes
     */
    abstract Line open(Duration patience) throws IOException;

    private static Line connect(ServerSocketChannel listener, Duration patience) throws IOException {
        SocketChannel writer = SocketChannel.open(listener.getLocalAddress());
        SocketChannel reader = listener.accept();
        writer.configureBlocking(false);
        reader.configureBlocking(false);
        return new Line(reader, writer, patience);
    }
}
