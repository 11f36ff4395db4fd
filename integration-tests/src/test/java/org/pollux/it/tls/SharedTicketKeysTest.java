package org.pollux.it.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TicketKey;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.openssl.OpenSslEngine;

/** Two servers with one file of ticket keys resume each other's sessions, also when the key changes. */
@Timeout(120)
final class SharedTicketKeysTest {

    private static final CertifiedKey LOCALHOST =
            NewCertificate.forHosts("localhost").make();

    private final OpenSslEngine engine = new OpenSslEngine();

    /** To the client, both servers are one host. */
    private final TlsClientContext client = engine.client(TlsClientSettings.DEFAULTS.withTrust(Trust.anyone()));

    @TempDir
    private Path homes;

    private TlsServer one;
    private TlsServer other;

    @BeforeEach
    void start() throws IOException {
        one = start("one");
        other = start("other");
    }

    private TlsServer start(String name) throws IOException {
        Path home = homes.resolve(name);
        CertificateFile.write(home.resolve("conf/tls/localhost.pem"), LOCALHOST);
        writeKeys(home, key(1));
        return TlsServer.with(home, engine).serve("");
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        client.close();
    }

    private static byte[] key(int number) {
        byte[] key = new byte[TicketKey.BYTES];
        Arrays.fill(key, (byte) number);
        return key;
    }

    private void writeKeysOfBoth(byte[]... keys) throws IOException {
        writeKeys(homes.resolve("one"), keys);
        writeKeys(homes.resolve("other"), keys);
    }

    private static void writeKeys(Path home, byte[]... keys) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(keys.length * TicketKey.BYTES);
        for (byte[] key : keys) {
            all.put(key);
        }
        Path folder = home.resolve("conf/tls");
        Path fresh = Files.write(folder.resolve(".fresh"), all.array());
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.move(fresh, folder.resolve("ticket.keys"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether a new connection continues the session of the one before. It gets a ticket of its own. */
    private boolean resumes(TlsServer server) {
        try (SocketChannel socket =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            TlsSession session = client.open(over(socket), "localhost", 443);
            while (session.handshake() != TlsSession.Status.DONE) {
                // the socket waits for bytes
            }
            session.write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {1})}, 0, 1);
            ByteBuffer echo = ByteBuffer.allocate(1);
            while (echo.hasRemaining()) {
                session.read(echo); // the ticket comes before it
            }
            boolean resumed = session.info().resumed();
            session.free();
            return resumed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CipherStream over(SocketChannel socket) {
        return new CipherStream() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return socket.read(target);
            }

            @Override
            public long write(ByteBuffer[] data, int from, int count) throws IOException {
                return socket.write(data, from, count);
            }
        };
    }

    @Test
    void sessionsContinueOnTheOtherServer() {
        assertFalse(resumes(one));
        assertTrue(resumes(other));
        assertTrue(resumes(one));
    }

    @Test
    void aKeyThatIsReplacedStepByStepEndsNoSession() throws IOException {
        assertFalse(resumes(one));
        writeKeysOfBoth(key(2), key(1));
        TlsServer.await(
                "both have read it", () -> one.reports("keys of tickets", 2) && other.reports("keys of tickets", 2));
        assertTrue(resumes(other), "the key before decrypts");
        writeKeysOfBoth(key(2));
        TlsServer.await(
                "both have read it", () -> one.reports("keys of tickets", 1) && other.reports("keys of tickets", 1));
        assertTrue(resumes(one), "the last ticket has the new key");
        writeKeysOfBoth(key(3));
        TlsServer.await("it is a full handshake again", () -> !resumes(one));
        assertTrue(one.reports("keys of tickets", 1));
    }
}
