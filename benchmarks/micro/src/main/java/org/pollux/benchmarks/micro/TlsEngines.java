package org.pollux.benchmarks.micro;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.pollux.reactor.tls.base.KeyKind;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.jsse.JsseEngine;
import org.pollux.reactor.tls.openssl.OpenSslEngine;

/**
 * Compares the TLS engines in memory, TLS 1.3, in interleaved rounds on one thread. Only the CPU time inside the server's session
 * counts, without the cost of reading the clock; the client is always OpenSSL's. It prints the median, and the smallest and the
 * largest round.
 */
public final class TlsEngines {

    private static final int ROUNDS = 7;
    private static final int HANDSHAKES = 100;
    private static final int EXCHANGES = 10_000;
    private static final int LARGE = 1_000;

    private static final CertifiedKey AUTHORITY = NewCertificate.authority("Trial").make();
    private static final OpenSslEngine OPENSSL = new OpenSslEngine();

    private static final TlsClientSettings CLIENT =
            TlsClientSettings.DEFAULTS.withTrust(Trust.in(List.of(AUTHORITY.certificate())));

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final long COST_OF_CLOCK = costOfClock();

    private static long busy; // nanoseconds inside the server

    private TlsEngines() {}

    public static void main(String[] arguments) throws IOException {
        List<TlsEngine> engines = List.of(OPENSSL, new JsseEngine());
        System.out.println("microseconds of the server        openssl                  jsse                     ratio");
        for (KeyKind kind : List.of(KeyKind.ECDSA, KeyKind.RSA)) {
            TlsServerSettings settings = TlsServerSettings.of(List.of(NewCertificate.forHosts("localhost")
                    .with(kind)
                    .signedBy(AUTHORITY)
                    .make()));
            compare("full handshake, " + kind, engines, engine -> handshakes(engine.server(settings), false));
            if (kind == KeyKind.ECDSA) {
                compare("resumed handshake", engines, engine -> handshakes(engine.server(settings), true));
                compare("100 bytes in, 200 out", engines, engine -> exchanges(engine.server(settings), 100, 200, EXCHANGES));
                compare("100 bytes in, 64 KiB out", engines, engine -> exchanges(engine.server(settings), 100, 65_536, LARGE));
                compare("64 KiB in, 100 bytes out", engines, engine -> exchanges(engine.server(settings), 65_536, 100, LARGE));
            }
        }
    }

    private static long now() {
        return CLOCK.getCurrentThreadCpuTime();
    }

    private static void count(long start) {
        busy += now() - start - COST_OF_CLOCK;
    }

    private static long costOfClock() {
        int readings = 200_000;
        long start = 0;
        for (int i = 0; i < 2 * readings; i++) {
            long now = now();
            if (i == readings) {
                start = now; // the first half warms up
            }
        }
        return (now() - start) / readings;
    }

    private interface Load {
        /** The nanoseconds of one. */
        double run(TlsEngine engine) throws IOException;
    }

    private static void compare(String name, List<TlsEngine> engines, Load load) throws IOException {
        List<double[]> results = new ArrayList<>();
        for (TlsEngine _ : engines) {
            results.add(new double[ROUNDS]);
        }
        for (int round = -3; round < ROUNDS; round++) { // the first ones warm up
            for (int i = 0; i < engines.size(); i++) {
                double each = load.run(engines.get(i)) / 1_000;
                if (round >= 0) {
                    results.get(i)[round] = each;
                }
            }
        }
        results.forEach(Arrays::sort);
        System.out.printf(
                "%-32s  %-23s  %-23s  %.2f%n",
                name,
                text(results.get(0)),
                text(results.get(1)),
                results.get(1)[ROUNDS / 2] / results.get(0)[ROUNDS / 2]);
    }

    private static String text(double[] sorted) {
        return "%.2f (%.2f..%.2f)".formatted(sorted[ROUNDS / 2], sorted[0], sorted[ROUNDS - 1]);
    }

    private static double handshakes(TlsServerContext servers, boolean resumed) throws IOException {
        try (servers;
                TlsClientContext clients = OPENSSL.client(CLIENT)) {
            Pair first = new Pair(clients, servers);
            first.shake();
            first.exchange(100, 100); // brings the ticket
            first.free();
            busy = 0;
            for (int i = 0; i < HANDSHAKES; i++) {
                try (TlsClientContext fresh = OPENSSL.client(CLIENT)) {
                    Pair pair = new Pair(resumed ? clients : fresh, servers);
                    pair.shake();
                    long shaken = busy;
                    if (pair.client.info().resumed() != resumed) {
                        throw new IllegalStateException("resumed: " + !resumed);
                    }
                    pair.exchange(100, 100);
                    busy = shaken;
                    pair.free();
                }
            }
            return (double) busy / HANDSHAKES;
        }
    }

    private static double exchanges(TlsServerContext servers, int in, int out, int count) throws IOException {
        try (servers;
                TlsClientContext clients = OPENSSL.client(CLIENT)) {
            Pair pair = new Pair(clients, servers);
            pair.shake();
            busy = 0;
            for (int i = 0; i < count; i++) {
                pair.exchange(in, out);
            }
            pair.free();
            return (double) busy / count;
        }
    }

    private static final class Pair {

        private static final ByteBuffer TARGET = ByteBuffer.allocateDirect(65_536);
        private static final ByteBuffer[] DATA = {ByteBuffer.allocateDirect(65_536)};

        private final Direction there = new Direction();
        private final Direction back = new Direction();
        private final TlsSession client;
        private final TlsSession server;

        Pair(TlsClientContext clients, TlsServerContext servers) {
            client = clients.open(new End(back, there), "localhost", 443);
            long start = now();
            server = servers.open(new End(there, back));
            count(start);
        }

        void shake() throws IOException {
            Status here = Status.READ;
            Status far = Status.READ;
            while (here != Status.DONE || far != Status.DONE) {
                here = client.handshake();
                long start = now();
                far = server.handshake();
                count(start);
            }
        }

        void exchange(int in, int out) throws IOException {
            send(client, in);
            long start = now();
            receive(server, in);
            send(server, out);
            count(start);
            receive(client, out);
        }

        private static void send(TlsSession from, int length) throws IOException {
            DATA[0].clear().limit(length);
            from.write(DATA, 0, 1);
        }

        private static void receive(TlsSession by, int length) throws IOException {
            int received = 0;
            while (received < length) {
                received += by.read(TARGET.clear());
            }
        }

        void free() {
            client.free();
            long start = now();
            server.free();
            count(start);
        }
    }

    private static final class Direction {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(100_000).limit(0); // ready to be read
    }

    private record End(Direction in, Direction out) implements CipherStream {

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(target.remaining(), in.bytes.remaining());
            target.put(target.position(), in.bytes, in.bytes.position(), count);
            target.position(target.position() + count);
            in.bytes.position(in.bytes.position() + count);
            return count;
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) {
            out.bytes.compact();
            int before = out.bytes.position();
            for (int i = from; i < from + count; i++) {
                out.bytes.put(data[i]);
            }
            out.bytes.flip();
            return out.bytes.limit() - before;
        }
    }
}
