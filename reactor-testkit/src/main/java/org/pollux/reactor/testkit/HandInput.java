package org.pollux.reactor.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.pollux.reactor.ConnectionHandler;

/**
 * The inbound half of a hand-made connection: bytes that were not read yet, bytes that were read and not taken, and the FIN.
 */
@SuppressWarnings("ReferenceEquality") // handlers are compared by identity
final class HandInput {

    /** Maximum bytes that are presented at once. */
    static final int READ = 64 * 1024;

    private final HandStream connection;

    /** Unread bytes, like those in the kernel's buffer. */
    private byte[] arrived = {};

    private byte[] unread = {};
    private volatile boolean paused;
    private boolean resuming;
    private boolean finArrived;
    private boolean ended;

    HandInput(HandStream connection) {
        this.connection = connection;
    }

    /** The peer has sent bytes. */
    void arrive(byte[] bytes) {
        if (finArrived) {
            throw new IllegalStateException("The peer sends nothing behind its FIN");
        }
        arrived = joined(arrived, bytes);
    }

    /** The peer has sent a FIN. */
    void arriveEnd() {
        finArrived = true;
    }

    /** Presents the bytes that have come, 64 KiB at a time, while the handler reads. */
    void read() {
        while (isWanted() && arrived.length > 0) {
            int count = Math.min(arrived.length, READ - unread.length);
            byte[] bytes = joined(unread, Arrays.copyOf(arrived, count));
            arrived = Arrays.copyOfRange(arrived, count, arrived.length);
            connection.touch();
            present(bytes);
        }
        if (isWanted() && finArrived) {
            ended = true;
            unread = new byte[0];
            connection.inputClosed();
        }
    }

    /** Discards bytes up to the FIN. */
    void discard() {
        arrived = new byte[0];
        unread = new byte[0];
        ended |= finArrived;
    }

    private boolean isWanted() {
        return connection.isEstablished() && !paused && !resuming && !ended;
    }

    private void present(byte[] bytes) {
        ByteBuffer in = connection
                .reactor()
                .inbound()
                .order(ByteOrder.BIG_ENDIAN)
                .put(bytes)
                .flip();
        ConnectionHandler asked = connection.handler();
        connection.data(in);
        in.limit(bytes.length);
        unread = new byte[in.remaining()];
        in.get(unread);
        if (connection.handler() != asked) {
            handlerChanged();
        }
        if (unread.length == READ && !paused && !resuming && connection.isEstablished()) {
            connection.fail(new IllegalStateException("The handler left " + READ
                    + " bytes unread, which is the limit: it must take some, keep them itself, or pause reading"));
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        if (paused) {
            paused = false;
            presentLater();
        }
    }

    /** The next handler gets the bytes that the previous one left. */
    void handlerChanged() {
        if (unread.length > 0) {
            presentLater();
        }
    }

    private void presentLater() {
        if (!resuming) {
            resuming = true;
            connection.reactor().execute(this::presentUnread);
        }
    }

    private void presentUnread() {
        resuming = false;
        if (isWanted() && unread.length > 0) {
            present(unread);
        }
        read();
        connection.advance();
    }

    boolean isPaused() {
        return paused;
    }

    boolean isEnded() {
        return ended;
    }

    int unread() {
        return unread.length + arrived.length;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
