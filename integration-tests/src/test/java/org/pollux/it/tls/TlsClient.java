package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;

/** A client of the JDK, which trusts everybody: the test looks at what it got. */
final class TlsClient implements AutoCloseable {

    private static final int PATIENCE = 30_000;

    private final SSLSocket socket;

    private TlsClient(SSLSocket socket) {
        this.socket = socket;
    }

    /** What a client asks for. */
    record Wishes(
            @Nullable String name,
            List<String> alpn,
            List<String> versions,
            @Nullable CertifiedKey certificate) {

        static final Wishes NONE = new Wishes(null, List.of(), List.of(), null);

        Wishes name(String other) {
            return new Wishes(other, alpn, versions, certificate);
        }

        Wishes alpn(String... others) {
            return new Wishes(name, List.of(others), versions, certificate);
        }

        Wishes versions(String... others) {
            return new Wishes(name, alpn, List.of(others), certificate);
        }

        Wishes certificate(CertifiedKey other) {
            return new Wishes(name, alpn, versions, other);
        }

        TlsClient connect(int port) throws IOException {
            return over(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        TlsClient over(Socket plain) throws IOException {
            SSLContext context = context(certificate); // a new one, or it would resume sessions
            plain.setSoTimeout(PATIENCE);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            if (name != null) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
            parameters.setApplicationProtocols(alpn.toArray(String[]::new));
            if (!versions.isEmpty()) {
                parameters.setProtocols(versions.toArray(String[]::new));
            }
            socket.setSSLParameters(parameters);
            try {
                socket.startHandshake();
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            return new TlsClient(socket);
        }
    }

    static TlsClient connect(int port) throws IOException {
        return Wishes.NONE.connect(port);
    }

    TlsClient hearsItsEcho(String text) throws IOException {
        return send(text).receives(text);
    }

    TlsClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    TlsClient receives(String text) throws IOException {
        assertEquals(text, new String(socket.getInputStream().readNBytes(text.length()), ISO_8859_1));
        return this;
    }

    String receives(int length) throws IOException {
        byte[] read = socket.getInputStream().readNBytes(length);
        if (read.length < length) {
            throw new EOFException("only " + read.length + " of " + length + " bytes have come");
        }
        return new String(read, ISO_8859_1);
    }

    String receivesAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    String receivesUntil(String end) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException(all.toString());
            }
            all.append((char) next);
        }
        return all.toString();
    }

    /** Whether a close_notify ended the stream: Java throws otherwise. */
    void receivesEnd() throws IOException {
        assertEquals(-1, socket.getInputStream().read());
    }

    /** Ends it in good order, with close_notify. */
    void end() throws IOException {
        socket.close();
    }

    SSLSocket socket() {
        return socket;
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLContext context(@Nullable CertifiedKey own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? new KeyManager[0] : keys(own), new TrustManager[] {new Everybody()}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyManager[] keys(CertifiedKey own) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        return keys.getKeyManagers();
    }

    private static final class Everybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
