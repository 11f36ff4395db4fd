package org.pollux.reactor.tls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;

/** What the contract cannot see: buffers, and sessions of this engine with one another. */
class JsseSessionTest {

    private static final CertifiedKey AUTHORITY =
            NewCertificate.authority("Trial").make();

    private final Buffers buffers = new Buffers();
    private final TlsServerSettings settings = TlsServerSettings.of(List.of(certificate()));
    private final TlsServerContext server = new JsseServerContext(settings, buffers);
    private final TlsClientContext client = new JsseClientContext(
            TlsClientSettings.DEFAULTS.withTrust(Trust.in(List.of(AUTHORITY.certificate()))), buffers);

    private static CertifiedKey certificate() {
        return NewCertificate.forHosts("localhost").signedBy(AUTHORITY).make();
    }

    /** A client and a server, and what one has written for the other. */
    private record Pair(TlsSession client, TlsSession server) {

        static Pair over(
                TlsClientContext client, TlsServerContext server, CipherStream belowClient, CipherStream belowServer) {
            return new Pair(client.open(belowClient, "localhost", 443), server.open(belowServer));
        }

        Pair shake() throws IOException {
            boolean done = false;
            for (int turn = 0; turn < 20 && !done; turn++) {
                boolean clientIsDone = client.handshake() == Status.DONE;
                done = server.handshake() == Status.DONE && clientIsDone;
            }
            assertTrue(done, "the handshake ends");
            return this;
        }

        void assertCarries(byte[] bytes) throws IOException {
            ByteBuffer[] data = {ByteBuffer.wrap(bytes)};
            ByteBuffer target = ByteBuffer.allocate(bytes.length);
            for (int turn = 0; turn < 100 && target.hasRemaining(); turn++) {
                client.write(data, 0, 1);
                server.read(target);
            }
            assertArrayEquals(bytes, target.array());
        }
    }

    private Pair pair() {
        Pipe there = new Pipe();
        Pipe back = new Pipe();
        return Pair.over(client, server, new Ends(back, there), new Ends(there, back));
    }

    @Test
    void allSessionsOfAThreadShareTheBuffers() throws IOException {
        List<Pair> idle = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            idle.add(pair().shake());
        }
        for (Pair pair : idle) {
            pair.assertCarries(new byte[100]);
        }
        assertTrue(buffers.free() <= 2, () -> buffers.free() + " sets of buffers for one thread");
    }

    /** As a client does that reaches an https server through an https proxy. */
    @Test
    void aSessionRunsInsideAnother() throws IOException {
        Pair outer = pair().shake();
        Pair inner = Pair.over(client, server, new Inside(outer.client), new Inside(outer.server))
                .shake();
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        inner.assertCarries(bytes);
    }

    @Test
    void aRenewedCertificateMakesAFullHandshake() throws IOException {
        assertFalse(resumed());
        assertTrue(resumed());
        server.update(settings.withCertificates(List.of(certificate())));
        assertFalse(resumed());
        assertTrue(resumed());
    }

    private boolean resumed() throws IOException {
        Pair pair = pair().shake();
        assertEquals(0, pair.client.read(ByteBuffer.allocate(1))); // the ticket
        return pair.server.info().resumed();
    }

    @Test
    void theServiceIsTheEngineWithoutOptionalParts() {
        TlsEngine engine = new JsseEngine();
        assertEquals("jsse", engine.name());
        assertTrue(engine.description().contains("Java " + Runtime.version()), engine::description);
        assertSame(engine.description(), engine.description()); // made once
        assertTrue(engine.features().isEmpty());
        assertEquals("", engine.sessionForm());
    }

    /** Bytes on their way. */
    private static final class Pipe {

        private ByteBuffer bytes = ByteBuffer.allocate(0);

        void put(ByteBuffer more) {
            bytes = ByteBuffer.allocate(bytes.remaining() + more.remaining())
                    .put(bytes)
                    .put(more)
                    .flip();
        }

        int take(ByteBuffer target) {
            int count = Math.min(bytes.remaining(), target.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }
    }

    private record Ends(Pipe from, Pipe to) implements CipherStream {

        @Override
        public int read(ByteBuffer target) {
            return from.take(target);
        }

        @Override
        public long write(ByteBuffer[] data, int first, int count) {
            long taken = 0;
            for (int i = first; i < first + count; i++) {
                taken += data[i].remaining();
                to.put(data[i]);
            }
            return taken;
        }
    }

    private record Inside(TlsSession outer) implements CipherStream {

        @Override
        public int read(ByteBuffer target) throws IOException {
            return outer.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return outer.write(data, from, count);
        }
    }
}
