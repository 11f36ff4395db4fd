package org.pollux.reactor.tck.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsVersion;

/** Makes the other sides of tested sessions; those that one object makes resume one another's sessions. */
final class JdkPeers {

    private static final char[] PASSWORD = "of the tests".toCharArray();

    private final SSLContext context;

    private JdkPeers(SSLContext context) {
        this.context = context;
    }

    /** They trust one authority, and show these certificates. */
    static JdkPeers trusting(CertifiedKey authority, CertifiedKey... own) {
        try {
            KeyStore trusted = emptyStore();
            trusted.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);

            KeyStore keys = emptyStore();
            for (CertifiedKey one : own) {
                keys.setKeyEntry(
                        "key " + keys.size(), one.key(), PASSWORD, one.chain().toArray(X509Certificate[]::new));
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(keys, PASSWORD);

            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
            return new JdkPeers(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The JDK makes no peer for the test", e);
        }
    }

    /** Clients of the usual servers, or servers for the usual clients. */
    static JdkPeers usual() {
        return trusting(Keys.AUTHORITY, Keys.SERVER);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("JKS"); // PKCS12 derives a key from the password, which takes long
        store.load(null, null);
        return store;
    }

    /** A client that asks for a host. */
    JdkPeer client(String host, TlsVersion version, Consumer<SSLParameters> changes) {
        SSLEngine engine = context.createSSLEngine(host, 443);
        engine.setUseClientMode(true);
        return peer(engine, version, parameters -> {
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            changes.accept(parameters);
        });
    }

    JdkPeer client(TlsVersion version) {
        return client(Keys.HOST, version, _ -> {});
    }

    JdkPeer server(TlsVersion version, Consumer<SSLParameters> changes) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return peer(engine, version, changes);
    }

    JdkPeer server(TlsVersion version) {
        return server(version, _ -> {});
    }

    private static JdkPeer peer(SSLEngine engine, TlsVersion version, Consumer<SSLParameters> changes) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version.toString()});
        changes.accept(parameters);
        engine.setSSLParameters(parameters);
        return new JdkPeer(engine);
    }
}
