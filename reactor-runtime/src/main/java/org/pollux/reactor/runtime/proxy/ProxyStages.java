package org.pollux.reactor.runtime.proxy;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;

/**
 * Expects the header of the PROXY protocol from proxies. It never guesses: a connection from a proxy has a header or fails, and
 * that of any other peer is not looked at. From the thread of any loop.
 */
public final class ProxyStages implements StageFactory {

    /** A proxy sends the header at once. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Predicate<SocketAddress> proxies;

    /**
     * Expects headers from these peers.
     *
     * @param proxies which addresses are those of proxies
     */
    public ProxyStages(Predicate<SocketAddress> proxies) {
        this.proxies = proxies;
    }

    @Override
    public String name() {
        return "PROXY";
    }

    @Override
    public Duration handshakeTimeout() {
        return TIMEOUT;
    }

    @Override
    public Transport open(StageContext context, Transport below) {
        return proxies.test(context.connection().remote()) ? new ProxyStage(context, below) : below;
    }
}
