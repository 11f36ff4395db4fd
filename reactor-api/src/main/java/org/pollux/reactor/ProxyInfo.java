package org.pollux.reactor;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy has told about a connection that it passes on, in the header of the PROXY protocol (versions 1 and 2). The addresses
 * that it told are {@link Connection#remote} and {@link Connection#local}; here are those of the socket. The proxy may have taken
 * the texts from its client without a check.
 *
 * <p>Later versions may add components. The constructors of earlier versions stay; take it apart by its methods, not by a
 * record pattern.
 *
 * @param relayed whether the proxy told the address of a client. If not, it speaks for itself, for a check of health for
 *     instance, or does not know the address: then the connection has the addresses of its socket
 * @param peer the address of the proxy
 * @param local the address that the proxy is connected to
 * @param alpn the protocol that the client and the proxy have negotiated; null when it told none
 * @param authority the name that the client asked the proxy for, such as that of SNI; null when it told none
 * @param tls how the client is connected to the proxy; null when that is not encrypted, or was not told
 */
public record ProxyInfo(
        boolean relayed,
        SocketAddress peer,
        SocketAddress local,
        @Nullable String alpn,
        @Nullable String authority,
        @Nullable Tls tls) {

    /**
     * TLS between the client and the proxy.
     *
     * @param version as the proxy writes it: {@code "TLSv1.3"}; null when it told none
     * @param cipher as the proxy writes it; null when it told none
     * @param certificate whether the client showed a certificate, now or in the session that was resumed
     * @param verified whether the proxy has verified that certificate
     * @param commonName of that certificate; null when the proxy told none
     */
    public record Tls(
            @Nullable String version,
            @Nullable String cipher,
            boolean certificate,
            boolean verified,
            @Nullable String commonName) {}
}
