package org.pollux.reactor.tls;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The context of a client. It keeps what is needed to resume sessions, 1,000 at most. From any thread. The rules,
 * continued from {@link TlsServerContext}:
 *
 * <ol>
 *   <li value="9"><b>T9 trust and name.</b> The server's chain must lead to an authority of {@link TlsClientSettings#trust},
 *       be valid today, be meant for servers, and be for the host to which the session was opened, a DNS name or an IP
 *       address among its alternative names (RFC 9110 section 4.3.4; the common name is not looked at). Otherwise the
 *       handshake fails with the precise {@link TlsException.Reason}.
 *   <li value="10"><b>T10 what is sent.</b> The host is sent as SNI when it is a name, and not when it is an address. ALPN is
 *       that of the settings. A certificate of the settings is sent when the server asks for one that fits. A session to the
 *       same host and port is resumed when the server allows it.
 * </ol>
 */
@ConsumerType
public interface TlsClientContext extends TlsContext {

    /**
     * Opens the session of a connection to a server.
     *
     * @param host the name or the address that the user asked for, an IPv6 address without brackets
     * @param port of the server; with the host, it identifies sessions to resume
     * @throws IllegalArgumentException when the host is neither a name nor an address
     * @throws IllegalStateException when the context is closed
     */
    TlsSession open(CipherStream below, String host, int port);
}
