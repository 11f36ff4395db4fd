package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.pollux.reactor.tls.CertifiedKey;

/** A server of the JDK for one connection: it shows any certificate, also an expired one, and ends without close_notify. */
final class JdkServer implements AutoCloseable {

    private static final char[] PASSWORD = "of the tests".toCharArray();

    private final SSLContext context;
    private final ServerSocket listener;

    /** With bytes behind the response that TLS does not encrypt. */
    JdkServer(CertifiedKey certificate, String response, String plain) throws IOException {
        context = context(certificate);
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> respond(response, plain));
    }

    int port() {
        return listener.getLocalPort();
    }

    private static SSLContext context(CertifiedKey certificate) {
        try {
            KeyStore store = KeyStore.getInstance("JKS"); // PKCS12 derives a key from the password, which takes long
            store.load(null, null);
            store.setKeyEntry(
                    "own", certificate.key(), PASSWORD, certificate.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD);
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(keys.getKeyManagers(), null, null);
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private void respond(String response, String behind) {
        try (Socket plain = listener.accept();
                SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
            tls.setUseClientMode(false);
            tls.getInputStream().read();
            tls.getOutputStream().write(response.getBytes(ISO_8859_1));
            plain.getOutputStream().write(behind.getBytes(ISO_8859_1));
            plain.shutdownOutput();
            plain.getInputStream().readAllBytes();
        } catch (IOException _) {
            // the client does not accept it
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
