package org.pollux.http.client.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.Proxies;
import org.pollux.http.client.reactor.Authorities;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.Trust;

/** The settings that a configuration asks for. */
record ConfiguredClient(ClientSettings settings, TlsClientSettings tls) {

    /**
     * Reads a configuration.
     *
     * @param home where files are whose names do not begin with a slash
     * @throws IllegalArgumentException naming the key and what is wrong
     */
    static ConfiguredClient of(HttpClientConfiguration configuration, Path home) {
        ClientSettings defaults = ClientSettings.defaults();
        HttpVersions versions = versions(configuration.versions());
        ClientSettings settings = new ClientSettings(
                configuration.connectionsPerHost(),
                configuration.connections(),
                configuration.queue(),
                Duration.ofSeconds(configuration.connectTimeout()),
                Duration.ofSeconds(configuration.idleTimeout()),
                Duration.ofSeconds(configuration.totalTimeout()),
                Duration.ofSeconds(configuration.keepAlive()),
                configuration.headLimit(),
                configuration.userAgent(),
                configuration.plainRedirects(),
                versions,
                defaults.http2().streams(configuration.http2Connections(), configuration.http2Streams()),
                proxies(configuration));
        TlsClientSettings tls = ReactorHttpClient.TLS.withAlpn(versions.alpn());
        return new ConfiguredClient(
                settings,
                configuration.cacert().isBlank()
                        ? tls
                        : tls.withTrust(
                                trust(home.resolve(configuration.cacert().strip()))));
    }

    private static HttpVersions versions(String name) {
        return switch (name) {
            case "negotiated" -> HttpVersions.NEGOTIATED;
            case "http1.1" -> HttpVersions.HTTP_1_1;
            case "http2" -> HttpVersions.HTTP_2;
            case "http2-prior-knowledge" -> HttpVersions.HTTP_2_PRIOR_KNOWLEDGE;
            default ->
                throw new IllegalArgumentException(
                        "versions must be negotiated, http1.1, http2 or http2-prior-knowledge, but is " + name);
        };
    }

    private static Proxies proxies(HttpClientConfiguration configuration) {
        if (configuration.proxy().isBlank()) {
            return Proxies.none();
        }
        try {
            return Proxies.all(HttpProxy.parse(configuration.proxy().strip()), List.of(configuration.noProxy()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("proxy: " + e.getMessage(), e);
        }
    }

    private static Trust trust(Path file) {
        try {
            return Trust.in(Authorities.read(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cacert: " + file + " cannot be read: " + e.getMessage(), e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("cacert: " + file + ": " + e.getMessage(), e);
        }
    }
}
