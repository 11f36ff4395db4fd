package org.pollux.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * TLS between a client and this server.
 *
 * <p>Later versions may add components. The constructors of earlier versions stay; take it apart by its methods, not by a
 * record pattern.
 *
 * @param version {@code "TLSv1.3"}
 * @param cipherSuite its IANA name: {@code "TLS_AES_128_GCM_SHA256"}
 * @param serverName the name that the client has asked for, in lower case; empty when it asked for none
 * @param clientCertificates the client's certificate, which was verified, and then its issuers; empty when the client showed none
 */
public record Tls(
        String version, String cipherSuite, Optional<String> serverName, List<X509Certificate> clientCertificates) {

    /** Copies the certificates. */
    public Tls {
        clientCertificates = List.copyOf(clientCertificates);
    }
}
