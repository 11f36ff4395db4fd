package org.pollux.reactor.tls.openssl;

import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsVersion;

/**
 * Measures the native memory of sessions and contexts, in a JVM of its own: the counts of {@code malloc} include the JVM's, whose
 * compiler takes and gives back megabytes at any time. {@link MemoryTest} reads what it prints: a name and a number per line.
 */
final class MemoryProgram {

    private static final int IDLE = 200;
    private static final int WARM_UP = 20;
    private static final int RUNS = 40;

    private static final TlsClientSettings TLS12 = Peers.CLIENT.withVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_2);

    private final TlsServerContext servers = Peers.ENGINE.server(Peers.SERVER);

    private MemoryProgram() {}

    public static void main(String[] arguments) throws Exception {
        var program = new MemoryProgram();
        program.handshakes("tls13", Peers.CLIENT);
        program.handshakes("tls12", TLS12);
        program.updates();
        program.idle(arguments.length == 0 ? IDLE : Integer.parseInt(arguments[0]));
    }

    private void handshakes(String version, TlsClientSettings settings) throws Exception {
        try (TlsClientContext clients = Peers.ENGINE.client(settings)) {
            talk(clients).close();
            leftBehind(version + ".resumed", () -> {
                try (Peers peers = talk(clients)) {
                    require(peers.server().info().resumed(), "the session was not resumed");
                }
            });
        }
        leftBehind(version + ".full", () -> {
            try (TlsClientContext clients = Peers.ENGINE.client(settings);
                    Peers peers = talk(clients)) {
                require(!peers.server().info().resumed(), "the session was resumed");
            }
        });
        leftBehind(version + ".abandoned", () -> {
            try (TlsClientContext clients = Peers.ENGINE.client(settings);
                    Peers peers = Peers.of(clients, servers)) {
                peers.client().handshake();
                peers.server().handshake();
            }
        });
    }

    private void updates() throws Exception {
        try (TlsClientContext clients = Peers.ENGINE.client(Peers.CLIENT);
                Peers open = talk(clients)) {
            leftBehind("update", () -> servers.update(Peers.SERVER));
            open.talk();
        }
    }

    /** Sessions of a server that have exchanged some bytes, and wait. */
    private void idle(int count) throws Exception {
        List<TlsSession> sessions = new ArrayList<>(count);
        try (TlsClientContext clients = Peers.ENGINE.client(Peers.CLIENT)) {
            long heap = heap();
            long used = NativeHeap.used();
            long resident = NativeHeap.resident();
            for (int i = 0; i < count; i++) {
                var wire = new Wire(20_000);
                var peers = new Peers(clients.open(wire.client(), "localhost", 443), servers.open(wire.server()));
                peers.shake().talk();
                peers.client().free();
                wire.drop();
                sessions.add(peers.server());
            }
            tell("idle.resident", (double) (NativeHeap.resident() - resident) / count);
            tell("idle.used", (double) (NativeHeap.used() - used) / count);
            tell("idle.heap", (double) (heap() - heap) / count);
        }
        sessions.forEach(TlsSession::free);
    }

    private Peers talk(TlsClientContext clients) throws Exception {
        Peers peers = Peers.shaken(clients, servers);
        peers.talk(); // the tickets of TLS 1.3 come after the handshake
        return peers;
    }

    /** Something that may leave memory behind. */
    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    private static void leftBehind(String name, Action action) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            action.run();
        }
        long before = NativeHeap.used();
        for (int i = 0; i < RUNS; i++) {
            action.run();
        }
        tell(name, (double) (NativeHeap.used() - before) / RUNS);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void tell(String name, double value) {
        System.out.printf("%s %.0f%n", name, value);
    }
}
