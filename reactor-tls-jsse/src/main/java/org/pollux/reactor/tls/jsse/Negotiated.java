package org.pollux.reactor.tls.jsse;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsVersion;

/** Reads what was negotiated from the JDK's engine. */
final class Negotiated {

    private Negotiated() {}

    static TlsInfo info(SSLEngine engine, @Nullable String serverName, boolean resumed) {
        var session = (ExtendedSSLSession) engine.getSession();
        List<X509Certificate> own = certificates(session.getLocalCertificates());
        return new TlsInfo(
                version(session.getProtocol()),
                session.getCipherSuite(),
                emptyToNull(engine.getApplicationProtocol()),
                serverName,
                own.isEmpty() ? null : own.getFirst(),
                peerChain(session),
                resumed);
    }

    private static TlsVersion version(String protocol) {
        return Stream.of(TlsVersion.values())
                .filter(version -> version.toString().equals(protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The JDK has negotiated " + protocol));
    }

    private static List<X509Certificate> peerChain(ExtendedSSLSession session) {
        try {
            return certificates(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // it has shown none
        }
    }

    private static List<X509Certificate> certificates(Certificate @Nullable [] chain) {
        return chain == null
                ? List.of()
                : Stream.of(chain).map(X509Certificate.class::cast).toList();
    }

    private static @Nullable String emptyToNull(@Nullable String name) {
        return name == null || name.isEmpty() ? null : name;
    }
}
