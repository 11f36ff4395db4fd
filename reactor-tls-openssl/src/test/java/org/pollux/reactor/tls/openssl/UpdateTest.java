package org.pollux.reactor.tls.openssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsSession;

/** The bundle is updated while sessions live: its next version adopts them, and nothing holds the previous one. */
@Timeout(120)
class UpdateTest {

    private static final int SESSIONS = 20;

    /** A connection, one end of which is updated. */
    private static final class Line {

        final Wire wire = new Wire(40_000);
        TlsSession client;
        TlsSession server;
        long detached;

        Line(TlsClientContext clients, TlsServerContext servers) throws IOException {
            client = clients.open(wire.client(), "localhost", 443);
            server = servers.open(wire.server());
            peers().shake();
        }

        Peers peers() {
            return new Peers(client, server);
        }
    }

    @Test
    void theNextVersionAdoptsTwentySessionsAndNothingHoldsThePreviousOne() throws Exception {
        List<Line> lines = new ArrayList<>();
        WeakReference<ClassLoader> previous = talkAndDetach(new Bundle(), lines);
        TlsEngine next = new Bundle().engine();
        try (TlsServerContext servers = next.server(Peers.SERVER)) {
            for (Line line : lines) {
                line.server = servers.adopt(line.detached, line.wire.server());
                assertEquals("http/1.1", line.server.info().alpn());
            }
            awaitCollected(previous);
            for (Line line : lines) {
                line.peers().talk();
                line.client.closeNotify();
                assertEquals(-1, line.server.read(ByteBuffer.allocate(1)));
                line.peers().close();
            }
        }
    }

    private static WeakReference<ClassLoader> talkAndDetach(Bundle bundle, List<Line> lines) throws Exception {
        TlsEngine engine = bundle.engine();
        assertNotSame(OpenSslEngine.class, engine.getClass());
        try (TlsServerContext servers = engine.server(Peers.SERVER);
                TlsClientContext clients = Peers.ENGINE.client(Peers.CLIENT)) {
            for (int i = 0; i < SESSIONS; i++) {
                Line line = new Line(clients, servers);
                line.peers().talk();
                lines.add(line);
            }
            for (Line line : lines) {
                line.detached = line.server.detach().orElseThrow();
                line.server.free(); // harmless: it counts as freed
            }
        }
        ((AutoCloseable) engine).close();
        return new WeakReference<>(bundle);
    }

    private static void awaitCollected(WeakReference<ClassLoader> previous) {
        long start = System.nanoTime();
        while (!previous.refersTo(null)) {
            assertTrue(System.nanoTime() - start < 30_000_000_000L, "the previous version is held by something");
            System.gc();
        }
    }

    @Test
    void theClientsOfAnEngineAreAdoptedToo() throws Exception {
        TlsEngine next = new Bundle().engine();
        try (TlsServerContext servers = Peers.ENGINE.server(Peers.SERVER);
                TlsClientContext clients = Peers.ENGINE.client(Peers.CLIENT);
                TlsClientContext others = next.client(Peers.CLIENT)) {
            Line line = new Line(clients, servers);
            TlsInfo before = line.client.info();
            // the tickets arrive after the handshake: the next version reads them
            line.client = others.adopt(line.client.detach().orElseThrow(), line.wire.client());
            assertEquals(before, line.client.info());
            line.peers().talk();
            line.peers().close();
        }
    }

    @Test
    void unreadAndUnsentBytesAndEndsGoOver() throws Exception {
        TlsEngine next = new Bundle().engine();
        try (TlsServerContext servers = Peers.ENGINE.server(Peers.SERVER);
                TlsClientContext clients = Peers.ENGINE.client(Peers.CLIENT);
                TlsServerContext others = next.server(Peers.SERVER)) {
            Line line = new Line(clients, servers);
            ByteBuffer[] request = {pattern(30_000)};
            assertEquals(30_000, line.client.write(request, 0, 1));
            line.client.closeNotify();
            ByteBuffer received = ByteBuffer.allocate(30_000).limit(5);
            assertEquals(5, line.server.read(received));
            ByteBuffer[] response = {pattern(60_000)};
            assertEquals(60_000, line.server.write(response, 0, 1));
            int unsent = line.server.unsent();
            assertTrue(unsent > 20_000, "only " + unsent + " bytes wait");

            long detached = line.server.detach().orElseThrow();
            line.server = others.adopt(detached, line.wire.server());

            assertEquals(unsent, line.server.unsent());
            line.server.flush();
            received.limit(30_000);
            while (line.server.read(received) > 0) {}
            assertEquals(pattern(30_000), received.flip());
            assertEquals(-1, line.server.read(ByteBuffer.allocate(1)));

            ByteBuffer all = ByteBuffer.allocate(60_000);
            while (all.hasRemaining()) {
                line.client.read(all);
                line.server.flush();
            }
            assertEquals(pattern(60_000), all.flip());
            line.peers().close();
        }
    }

    private static ByteBuffer pattern(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            bytes.put((byte) (i * 31 + i / 251));
        }
        return bytes.flip();
    }
}
