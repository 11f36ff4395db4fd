package org.pollux.reactor;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.TlsClientContext;

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
 */
public record ConnectOptions(
        Duration timeout,
        @Nullable InetSocketAddress local,
        @Nullable Tls tls) {

    /**
     * TLS of a connection.
     *
     * @param context of the engine; it stays the caller's, and must be open when the socket is established
     * @param host the name or the address that the user asked for, an IPv6 address without brackets: the server's certificate
     *     must be for it
     */
    public record Tls(TlsClientContext context, String host) {}

    /** Ten seconds, from any address, without TLS. */
    public static final ConnectOptions DEFAULTS = new ConnectOptions(Duration.ofSeconds(10), null, null);

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

    /** The same with another timeout. */
    public ConnectOptions withTimeout(Duration longest) {
        return new ConnectOptions(longest, local, tls);
    }

    /** The same from an address of this machine; port 0 leaves the port to the system. */
    public ConnectOptions withLocal(InetSocketAddress address) {
        return new ConnectOptions(timeout, address, tls);
    }

    /** The same with TLS; see {@link Tls}. */
    public ConnectOptions withTls(TlsClientContext context, String host) {
        return new ConnectOptions(timeout, local, new Tls(context, host));
    }
}
