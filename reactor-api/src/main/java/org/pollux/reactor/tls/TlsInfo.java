package org.pollux.reactor.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What two peers have negotiated. It is a copy, and remains valid when the session has ended.
 *
 * <p>Later versions may add components. The constructors of earlier versions stay; take it apart by its methods, not by a
 * record pattern.
 *
 * @param version of the protocol
 * @param cipherSuite its IANA name: {@code "TLS_AES_128_GCM_SHA256"}
 * @param alpn the protocol that the server selected; null when none was negotiated
 * @param serverName the name that the client asked for, in lower case; null when it asked for none
 * @param certificate this side's own; null when this side showed none, now or in the session that was resumed
 * @param peerChain the peer's certificates, its own first, as it sent them; empty when it showed none
 * @param resumed whether an earlier session was continued
 */
public record TlsInfo(
        TlsVersion version,
        String cipherSuite,
        @Nullable String alpn,
        @Nullable String serverName,
        @Nullable X509Certificate certificate,
        List<X509Certificate> peerChain,
        boolean resumed) {

    /** Copies the chain. */
    public TlsInfo {
        peerChain = List.copyOf(peerChain);
    }

    /** For people, on one line: {@code TLSv1.3, TLS_AES_128_GCM_SHA256, h2, example.org, resumed}. */
    @Override
    public String toString() {
        return Stream.of(version, cipherSuite, alpn, serverName, resumed ? "resumed" : null)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
