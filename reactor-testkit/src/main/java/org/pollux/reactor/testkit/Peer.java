package org.pollux.reactor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The far end of a connection: a plain socket in the test's hands, which turns the loop while it waits. */
public final class Peer implements AutoCloseable {

    private final TurnedReactor loop;
    private final SocketChannel channel;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    private boolean ended;
    private @Nullable IOException broken;

    /** Connects. A listener is enough; its loop need not turn. */
    public Peer(TurnedReactor loop, SocketAddress address) throws IOException {
        this(loop, open(address));
    }

    public Peer(TurnedReactor loop, SocketChannel channel) throws IOException {
        this.loop = loop;
        this.channel = loop.closing(channel);
        channel.configureBlocking(false);
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            SocketChannel unix = SocketChannel.open(StandardProtocolFamily.UNIX);
            unix.connect(address);
            return unix;
        }
        SocketChannel tcp = SocketChannel.open(address);
        tcp.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return tcp;
    }

    public InetSocketAddress local() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- sending

    public Peer send(String text) {
        return send(text.getBytes(UTF_8));
    }

    public Peer send(byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        loop.turnUntil("all is sent", () -> {
            sendSome(data);
            return !data.hasRemaining();
        });
        return this;
    }

    /** Sends as many bytes as the system takes now. */
    public int sendSome(ByteBuffer data) {
        try {
            return channel.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void closeOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection so that the other side sees a reset. */
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- receiving

    /** All that has come so far. */
    public byte[] received() {
        return received.toByteArray();
    }

    /** The number of bytes that have come so far. */
    public int size() {
        return received.size();
    }

    /** Takes the available bytes. */
    public Peer receiveSome() {
        try {
            int count = channel.read(buffer.clear());
            if (count > 0) {
                received.write(buffer.array(), 0, count);
            }
            ended |= count < 0;
        } catch (IOException e) {
            broken = e;
        }
        return this;
    }

    /** Waits until that many bytes have come since the start, and returns all of them. */
    public byte[] receive(int total) {
        loop.turnUntil(total + " bytes come", () -> receiveSome().received.size() >= total || isOver());
        if (received.size() != total) {
            throw new AssertionError(total + " bytes were expected: " + this);
        }
        return received();
    }

    public void receives(String everything) {
        receive(everything.getBytes(UTF_8).length);
        String text = received.toString(UTF_8);
        if (!everything.equals(text)) {
            throw new AssertionError("expected: <" + everything + "> but was: <" + text + ">");
        }
    }

    /** Waits for the FIN. */
    public Peer receivesEnd() {
        loop.turnUntil("the end comes", () -> receiveSome().isOver());
        if (!isEnded()) {
            throw new AssertionError("An orderly end was expected: " + this);
        }
        return this;
    }

    /** Waits for the reset that an aborted connection ends with. */
    public Peer receivesReset() {
        loop.turnUntil("the reset comes", () -> receiveSome().isOver());
        if (!isReset()) {
            throw new AssertionError("A reset was expected: " + this);
        }
        return this;
    }

    /** Whether neither an end nor a reset has come. */
    public boolean isConnected() {
        loop.settle();
        return !receiveSome().isOver();
    }

    /** Whether the FIN has come. */
    public boolean isEnded() {
        return ended;
    }

    /** Whether a reset has come. */
    public boolean isReset() {
        return broken != null && "Connection reset".equals(broken.getMessage());
    }

    private boolean isOver() {
        return ended || broken != null;
    }

    @Override
    public String toString() {
        return "Peer with " + received.size() + " bytes, " + (ended ? "ended" : "not ended") + ", " + broken;
    }
}
