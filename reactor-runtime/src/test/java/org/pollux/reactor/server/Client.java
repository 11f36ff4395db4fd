package org.pollux.reactor.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The far end of a connection, which waits for what it wants to receive. */
final class Client implements AutoCloseable {

    private final SocketChannel channel;

    private Client(SocketChannel channel) {
        this.channel = channel;
    }

    static Client connect(SocketAddress address) throws IOException {
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.connect(address);
            return new Client(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static Client connect(int port) throws IOException {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** That nobody listens there. */
    static void isRefused(int port) {
        assertThrows(ConnectException.class, () -> connect(port).close());
    }

    Client send(String text) throws IOException {
        ByteBuffer data = UTF_8.encode(text);
        while (data.hasRemaining()) {
            channel.write(data);
        }
        return this;
    }

    Client receives(String expected) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(expected.length());
        while (data.hasRemaining() && channel.read(data) >= 0) {
            // until all is there
        }
        assertEquals(expected, UTF_8.decode(data.flip()).toString());
        return this;
    }

    /** That the answer to some text is the same text. */
    Client hearsItsEcho(String text) throws IOException {
        return send(text).receives(text);
    }

    Client receivesEnd() throws IOException {
        assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
        return this;
    }

    /** That the server has ended it, in whatever way. */
    void isCut() {
        try {
            assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
        } catch (IOException reset) {
            // as good
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
