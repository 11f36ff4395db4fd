package org.pollux.reactor.tls.jsse;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;

/**
 * A program of {@link RehearsalTest}: what the first handshake of a new JVM costs its server's side. It prints the classes that it
 * loads, and its milliseconds.
 */
final class FirstHandshake {

    private FirstHandshake() {}

    public static void main(String[] arguments) throws IOException {
        JsseEngine engine = new JsseEngine();
        TlsSession client = engine.client(TlsClientSettings.DEFAULTS.withTrust(Trust.anyone()))
                .open(CipherQueue.UNUSED, "localhost", 0);
        client.free();
        var server = engine.server(TlsServerSettings.of(
                List.of(NewCertificate.forHosts("localhost").make())));
        var classes = ManagementFactory.getClassLoadingMXBean();
        long before = classes.getTotalLoadedClassCount();
        long start = System.nanoTime();
        CipherQueue there = new CipherQueue();
        CipherQueue back = new CipherQueue();
        TlsSession first = engine.client(TlsClientSettings.DEFAULTS.withTrust(Trust.anyone()))
                .open(there.from(back), "localhost", 0);
        TlsSession second = server.open(back.from(there));
        while (second.handshake() != Status.DONE) {
            first.handshake();
        }
        long end = System.nanoTime();
        System.out.println("classes " + (classes.getTotalLoadedClassCount() - before));
        System.out.println("milliseconds " + (end - start) / 1_000_000);
    }

    /** Bytes from one side to the other. */
    private static final class CipherQueue {

        static final CipherStream UNUSED = new CipherQueue().from(new CipherQueue());

        private final Queue<Byte> bytes = new ArrayDeque<>();

        /** The end that writes here, and reads what the other one writes. */
        CipherStream from(CipherQueue other) {
            return new CipherStream() {
                @Override
                public int read(ByteBuffer target) {
                    int count = 0;
                    while (target.hasRemaining() && !other.bytes.isEmpty()) {
                        target.put(other.bytes.remove());
                        count++;
                    }
                    return count;
                }

                @Override
                public long write(ByteBuffer[] data, int from, int count) {
                    long taken = 0;
                    for (int i = from; i < from + count; i++) {
                        while (data[i].hasRemaining()) {
                            bytes.add(data[i].get());
                            taken++;
                        }
                    }
                    return taken;
                }
            };
        }
    }
}
