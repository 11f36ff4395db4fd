package org.pollux.http.wire.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The messages of a session. Each counter has one writer at a time, and any thread reads it. A write is opaque, which costs what a
 * plain one costs.
 */
final class MessageCounts {

    private static final VarHandle RECEIVED = field("received");
    private static final VarHandle SENT = field("sent");

    @SuppressWarnings("unused") // by its handle
    private long received;

    @SuppressWarnings("unused") // by its handle
    private long sent;

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(MessageCounts.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A whole message has come; on the loop. */
    void received() {
        RECEIVED.setOpaque(this, received + 1);
    }

    /** A message is sent; under the lock of the session. */
    void sent() {
        SENT.setOpaque(this, sent + 1);
    }

    long allReceived() {
        return (long) RECEIVED.getOpaque(this);
    }

    long allSent() {
        return (long) SENT.getOpaque(this);
    }
}
