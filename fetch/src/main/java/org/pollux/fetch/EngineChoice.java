package org.pollux.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.reactor.Authorities;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.jsse.JsseEngine;
import org.pollux.reactor.tls.openssl.OpenSslEngine;
import org.pollux.reactor.tls.openssl.OpenSslUnavailableException;

/** TLS for https: OpenSSL when it works here, otherwise the JDK's. It is loaded with the first https URL. */
final class EngineChoice implements AutoCloseable {

    private final TlsClientSettings settings;
    private @Nullable TlsClientContext context;

    private EngineChoice(TlsClientSettings settings) {
        this.settings = settings;
    }

    /**
     * With the trust that the command line tells.
     *
     * @throws FetchException when the file of authorities has no certificate
     * @throws IOException when it cannot be read
     */
    static EngineChoice of(Options options) throws IOException, FetchException {
        TlsClientSettings usual =
                ReactorHttpClient.TLS.withAlpn(options.versions().alpn());
        if (options.insecure()) {
            return new EngineChoice(usual.withTrust(Trust.anyone()));
        }
        return new EngineChoice(
                options.authorities().isEmpty()
                        ? usual
                        : usual.withTrust(
                                Trust.in(authorities(options.authorities().get()))));
    }

    private static List<X509Certificate> authorities(Path file) throws IOException, FetchException {
        try {
            return Authorities.read(file);
        } catch (CertificateException e) {
            throw new FetchException("--cacert " + file + ": " + e.getMessage());
        }
    }

    /** For the thread of the loop. */
    TlsClientContext context() {
        TlsClientContext present = context;
        if (present == null) {
            present = engine().client(settings);
            context = present;
        }
        return present;
    }

    private static TlsEngine engine() {
        try {
            return new OpenSslEngine(); // lives as long as the process
        } catch (OpenSslUnavailableException e) {
            return new JsseEngine();
        }
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }
}
