package org.pollux.reactor;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is opened: {@link #DEFAULTS}, changed by the {@code with} methods.
 *
 * <p>Later versions may add options. The constructors of earlier versions stay; take options apart by their methods, not by
 * a record pattern.
 *
 * @param timeout for the lookup and all attempts together; {@link Duration#ZERO} leaves it to the system
 * @param local the address and port of this machine that the connection comes from; null leaves both to the system. Only
 *     addresses of the same family can be reached from it, and no Unix-domain socket
 */
public record ConnectOptions(Duration timeout, @Nullable InetSocketAddress local) {

    /** Ten seconds, from any address. */
    public static final ConnectOptions DEFAULTS = new ConnectOptions(Duration.ofSeconds(10), null);

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when the timeout is negative
     */
    public ConnectOptions {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("A connect timeout must not be negative, but is " + timeout);
        }
    }

    /** The same with another timeout. */
    public ConnectOptions withTimeout(Duration longest) {
        return new ConnectOptions(longest, local);
    }

    /** The same from an address of this machine; port 0 leaves the port to the system. */
    public ConnectOptions withLocal(InetSocketAddress address) {
        return new ConnectOptions(timeout, address);
    }
}
