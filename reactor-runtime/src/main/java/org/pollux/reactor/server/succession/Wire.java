package org.pollux.reactor.server.succession;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation with the other process: whole messages, each with one descriptor at most. One thread sends and receives; any
 * may close it, which ends what that thread waits for.
 */
final class Wire implements Closeable {

    /** The other process reads at once, as long as it is not stopped. */
    private static final Duration SENDING = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    /**
     * A message as it came.
     *
     * @param descriptors one at most, which belong to the receiver
     */
    record Received(Message message, List<Integer> descriptors) {}

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    /** The beginning of a message that is not whole yet. */
    private ByteBuffer incoming = ByteBuffer.allocate(Integer.BYTES);

    private boolean inBody;
    private final List<Integer> descriptors = new ArrayList<>();

    /** The channel is closed when this fails. */
    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Who has the other end. */
    SocketMessages.Peer peer() throws IOException {
        return SocketMessages.peer(descriptor());
    }

    private int descriptor() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        return Inheritance.descriptor(channel);
    }

    void send(Message message) throws IOException {
        send(message, List.of());
    }

    /** Sends a message with a descriptor, which stays this process's as well. */
    void send(Message message, List<Integer> descriptors) throws IOException {
        ByteBuffer bytes = framed(message);
        List<Integer> unsent = descriptors;
        long deadline = System.nanoTime() + SENDING.toNanos();
        while (bytes.hasRemaining()) {
            int sent;
            synchronized (this) {
                sent = SocketMessages.send(descriptor(), bytes, unsent);
            }
            if (sent > 0) {
                unsent = List.of();
            } else if (!await(SelectionKey.OP_WRITE, deadline)) {
                throw new IOException("the other process has not read a message for " + SENDING.toSeconds() + " s");
            }
        }
    }

    private static ByteBuffer framed(Message message) {
        byte[] body = message.encode();
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .flip();
    }

    /**
     * The next message, empty when none comes in time.
     *
     * @throws EOFException when the other process has closed the conversation, or has ended
     * @throws IOException when it does not keep the protocol, or this side was closed
     */
    Optional<Received> receive(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            int count;
            synchronized (this) {
                count = SocketMessages.receive(descriptor(), incoming, descriptors);
            }
            if (count < 0) {
                throw new EOFException("the other process has ended");
            }
            if (descriptors.size() > 1) {
                throw new IOException("the other process sent " + descriptors.size() + " descriptors with one message");
            }
            if (count == 0 && !await(SelectionKey.OP_READ, deadline)) {
                return Optional.empty();
            }
            if (!incoming.hasRemaining() && inBody) {
                return Optional.of(whole());
            }
            if (!incoming.hasRemaining()) {
                beginBody();
            }
        }
    }

    /** The next message, which needs no descriptor: one that comes with it is closed. Otherwise as {@link #receive}. */
    Optional<Message> hear(Duration patience) throws IOException {
        Optional<Received> received = receive(patience);
        received.ifPresent(one -> SocketMessages.close(one.descriptors()));
        return received.map(Received::message);
    }

    private void beginBody() throws IOException {
        int length = incoming.flip().getInt();
        if (length < 1 || length > Message.LONGEST) {
            throw new IOException("the other process sends a message of " + length + " bytes, and not "
                    + Message.LONGEST + " at most");
        }
        incoming = ByteBuffer.allocate(length);
        inBody = true;
    }

    private Received whole() throws IOException {
        Received received = new Received(Message.decode(incoming.array()), List.copyOf(descriptors));
        descriptors.clear();
        incoming = ByteBuffer.allocate(Integer.BYTES);
        inBody = false;
        return received;
    }

    private boolean await(int operation, long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            key.interestOps(operation);
            selector.select(left / 1_000_000 + 1);
            selector.selectedKeys().clear();
            return true;
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new IOException("the conversation was closed here", e);
        }
    }

    /** Closes it with a last word, from any thread; the word is lost when the other process does not read. */
    void closeWith(Message lastWord) {
        ByteBuffer bytes = framed(lastWord);
        try (this) {
            synchronized (this) {
                int _ = SocketMessages.send(descriptor(), bytes, List.of());
            }
        } catch (IOException e) {
            LOG.debug("The other process does not hear {}", lastWord, e);
        }
    }

    /** Also closes descriptors that came with half a message. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            channel.close();
            SocketMessages.close(descriptors);
            descriptors.clear();
        }
        selector.close();
    }
}
