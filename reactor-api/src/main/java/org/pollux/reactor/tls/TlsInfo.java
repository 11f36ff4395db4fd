package org.pollux.reactor.tls;

import java.security.cert.X509Certificate;
import java.util.List;
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
}
