package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The other side of the tested session: the JDK's engine, which shares nothing with the tested one. */
final class JdkPeer {

    private static final int ROOM = 40_000;

    private final SSLEngine engine;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private byte[] incoming = {};
    private byte[] outgoing = {};
    private @Nullable SSLException failure;
    private int records;
    private int handshakes;

    JdkPeer(SSLEngine engine) {
        this.engine = engine;
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLEngine engine() {
        return engine;
    }

    ExtendedSSLSession session() {
        return (ExtendedSSLSession) engine.getSession();
    }

    boolean isDone() {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    /** It has received close_notify. */
    boolean sawTheEnd() {
        return engine.isInboundDone();
    }

    /** Why it has failed, in the JDK's words; empty while it has not. */
    String failure() {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }

    byte[] received() {
        return received.toByteArray();
    }

    /** How many records with content it has received. */
    int records() {
        return records;
    }

    /** How many handshakes it has finished. */
    int handshakes() {
        return handshakes;
    }

    /** Takes bytes of the tested session. */
    void take(byte[] bytes) {
        incoming = Link.joined(incoming, bytes);
        work();
    }

    /** Gives the bytes for the tested session. */
    byte[] give() {
        work();
        byte[] all = outgoing;
        outgoing = new byte[0];
        return all;
    }

    /** Encrypts, in records of the JDK's size. */
    JdkPeer send(byte[] plain) {
        try {
            ByteBuffer data = ByteBuffer.wrap(plain);
            do {
                SSLEngineResult result = wrap(data);
                assertTrue(result.bytesProduced() > 0, () -> "The peer of the test waits and cannot send: " + result);
            } while (data.hasRemaining());
        } catch (SSLException e) {
            throw new IllegalStateException("The peer of the test cannot send", e);
        }
        return this;
    }

    /** Ends its output. */
    JdkPeer close() {
        engine.closeOutbound();
        work();
        return this;
    }

    /** Updates its keys (TLS 1.3), or asks for a renegotiation (TLS 1.2). */
    JdkPeer shakeAgain() {
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
        work();
        return this;
    }

    private void work() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> {
                        engine.getDelegatedTask().run();
                        yield true;
                    }
                    case NEED_WRAP -> wrap(ByteBuffer.allocate(0)).bytesProduced() > 0;
                    default -> unwrap();
                };
            }
        } catch (SSLException e) {
            failed(e);
        }
    }

    private void failed(SSLException e) {
        if (failure == null) {
            failure = e;
            incoming = new byte[0];
            work(); // its alert
        }
    }

    private SSLEngineResult wrap(ByteBuffer data) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(ROOM);
        SSLEngineResult result = engine.wrap(data, out);
        outgoing = Link.joined(outgoing, Arrays.copyOf(out.array(), out.position()));
        countFinished(result);
        return result;
    }

    private boolean unwrap() throws SSLException {
        if (incoming.length == 0 || engine.isInboundDone()) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(incoming);
        ByteBuffer out = ByteBuffer.allocate(ROOM);
        SSLEngineResult result;
        try {
            result = engine.unwrap(in, out);
        } finally {
            incoming = Arrays.copyOfRange(incoming, in.position(), incoming.length);
        }
        received.write(out.array(), 0, out.position());
        records += out.position() > 0 ? 1 : 0;
        countFinished(result);
        return result.getStatus() == Status.OK;
    }

    private void countFinished(SSLEngineResult result) {
        handshakes += result.getHandshakeStatus() == HandshakeStatus.FINISHED ? 1 : 0;
    }
}
