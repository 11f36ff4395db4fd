package org.pollux.reactor.tls.jsse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.ClientAuth;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.Trust;

/**
 * Shakes hands with itself in memory, full and resumed, when a server's context is made. The JDK loads some 400 classes for the
 * first handshake, which would hold up a loop. Once for each version and kind of key. From any thread.
 */
final class Rehearsal {

    /** More than any handshake takes. */
    private static final int MOST_TURNS = 20;

    private static final List<String> ALPN = List.of("rehearsal");

    private final Buffers buffers;
    private final Set<Scene> done = ConcurrentHashMap.newKeySet();

    private record Scene(String keyKind, TlsVersion version) {}

    Rehearsal(Buffers buffers) {
        this.buffers = buffers;
    }

    /** A handshake that fails here has its reason in the settings, and then the first client's fails in the same way. */
    void play(TlsServerSettings settings) {
        for (CertifiedKey certificate : settings.certificates()) {
            for (TlsVersion version : TlsVersion.values()) {
                boolean spoken = version.compareTo(settings.oldest()) >= 0 && version.compareTo(settings.newest()) <= 0;
                if (spoken && done.add(new Scene(certificate.key().getAlgorithm(), version))) {
                    try {
                        play(settings.withCertificates(List.of(certificate)), version);
                    } catch (IOException | RuntimeException _) {
                        // told to the client that meets it
                    }
                }
            }
        }
    }

    private void play(TlsServerSettings settings, TlsVersion version) throws IOException {
        var server = new JsseServerContext(
                settings.withAlpn(ALPN).withClientAuth(ClientAuth.NONE, Trust.installed()), buffers);
        var client = new JsseClientContext(
                TlsClientSettings.DEFAULTS
                        .withTrust(Trust.anyone())
                        .withAlpn(ALPN)
                        .withVersions(version, version),
                buffers);
        for (int round = 0; round < 2; round++) {
            Way toServer = new Way();
            Way toClient = new Way();
            shake(client.open(new End(toClient, toServer), "localhost", 0), server.open(new End(toServer, toClient)));
        }
    }

    private static void shake(TlsSession client, TlsSession server) throws IOException {
        Status status = Status.READ;
        for (int turn = 0; turn < MOST_TURNS && status != Status.DONE; turn++) {
            client.handshake();
            status = server.handshake();
        }
        say(client, server);
        say(server, client);
        client.free();
        server.free();
    }

    private static void say(TlsSession from, TlsSession to) throws IOException {
        from.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
        from.closeNotify();
        to.read(ByteBuffer.allocate(2));
    }

    /** Bytes under way in one direction. */
    private static final class Way {

        private final ByteBuffer bytes = ByteBuffer.allocate(32 * 1024).flip();

        void put(ByteBuffer more) {
            bytes.compact().put(more).flip();
        }

        int take(ByteBuffer target) {
            int count = Math.min(bytes.remaining(), target.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }
    }

    private record End(Way in, Way out) implements CipherStream {

        @Override
        public int read(ByteBuffer target) {
            return in.take(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) {
            long taken = 0;
            for (int i = from; i < from + count; i++) {
                taken += data[i].remaining();
                out.put(data[i]);
            }
            return taken;
        }
    }
}
