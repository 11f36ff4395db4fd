package org.pollux.reactor;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsInfo;

/**
 * How a connection is opened: {@link #DEFAULTS}, changed by the {@code with} methods.
 *
 * <p>Later versions may add options. The constructors of earlier versions stay; take options apart by their methods, not by
 * a record pattern.
 *
 * @param timeout for the lookup and all attempts together; {@link Duration#ZERO} leaves it to the system. The handshake of TLS
 *     has the same time once more, or ten seconds with zero
 * @param local the address and port of this machine that the connection comes from; null leaves both to the system. Only
 *     addresses of the same family can be reached from it, and no Unix-domain socket
 * @param tls encrypts the connection: {@code onOpen} follows the handshake, and {@code onClosed} has a {@link
 *     org.pollux.reactor.tls.TlsException} when that fails. Null for plain bytes
 * @param relay the connection that this one passes on: its first bytes, before TLS, are a header of the PROXY protocol, version 2. The
 *     server must expect it. Null for a connection of this program's own
 * @param passage leads the connection through a proxy, to which the address leads then: {@code onOpen} follows when the way is
 *     free. It has the time of TLS's handshake. Null for a direct connection
 */
public record ConnectOptions(
        Duration timeout,
        @Nullable InetSocketAddress local,
        @Nullable Tls tls,
        @Nullable Relay relay,
        @Nullable Passage passage) {

    /**
     * TLS of a connection.
     *
     * @param context of the engine; it stays the caller's, and must be open when the socket is established
     * @param host the name or the address that the user asked for, an IPv6 address without brackets: the server's certificate
     *     must be for it
     */
    public record Tls(TlsClientContext context, String host) {}

    /**
     * What a proxy tells the server about its client.
     *
     * @param client where the client's connection comes from
     * @param destination where it leads to; of the same kind as the other address
     * @param alpn the protocol that the client and the proxy have negotiated; null for none
     * @param authority the name that the client asked for; null for none
     * @param tls how the client is connected to the proxy; null when that is not encrypted
     */
    public record Relay(
            SocketAddress client,
            SocketAddress destination,
            @Nullable String alpn,
            @Nullable String authority,
            ProxyInfo.@Nullable Tls tls) {

        /** Tells the {@code remote}, the {@code local} and the {@code tls} of a client's connection, of which this program is the proxy. */
        public static Relay of(SocketAddress client, SocketAddress destination, @Nullable TlsInfo info) {
            if (info == null) {
                return new Relay(client, destination, null, null, null);
            }
            boolean certificate = !info.peerChain().isEmpty();
            return new Relay(
                    client,
                    destination,
                    info.alpn(),
                    info.serverName(),
                    new ProxyInfo.Tls(info.version().toString(), info.cipherSuite(), certificate, certificate, null));
        }
    }

    /** Ten seconds, from any address, without TLS. */
    public static final ConnectOptions DEFAULTS = new ConnectOptions(Duration.ofSeconds(10), null, null, null, null);

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when the timeout is negative
     */
    public ConnectOptions {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "A connect timeout must not be negative, but is " + timeout.toMillis() + " ms");
        }
    }

    /** Without TLS. */
    public ConnectOptions(Duration timeout, @Nullable InetSocketAddress local) {
        this(timeout, local, null);
    }

    /** For a connection of this program's own, without a proxy on the way. */
    public ConnectOptions(Duration timeout, @Nullable InetSocketAddress local, @Nullable Tls tls) {
        this(timeout, local, tls, null, null);
    }

    /** The same with another timeout. */
    public ConnectOptions withTimeout(Duration longest) {
        return new ConnectOptions(longest, local, tls, relay, passage);
    }

    /** The same from an address of this machine; port 0 leaves the port to the system. */
    public ConnectOptions withLocal(InetSocketAddress address) {
        return new ConnectOptions(timeout, address, tls, relay, passage);
    }

    /** The same with TLS; see {@link Tls}. */
    public ConnectOptions withTls(TlsClientContext context, String host) {
        return new ConnectOptions(timeout, local, new Tls(context, host), relay, passage);
    }

    /** The same for a connection that passes another one on; see {@link Relay}. */
    public ConnectOptions withRelay(Relay relayed) {
        return new ConnectOptions(timeout, local, tls, relayed, passage);
    }

    /** The same through a proxy; see {@link Passage}. It is for one connection. */
    public ConnectOptions withPassage(Passage through) {
        return new ConnectOptions(timeout, local, tls, relay, through);
    }
}
