package org.pollux.http.client.exchange;

import java.net.SocketAddress;
import java.util.Optional;
import org.pollux.http.client.HttpProxy;

/**
 * Where a connection leads, and through which proxy: calls with the same route can share connections.
 *
 * @param origin the server that responds
 * @param tunnelled whether the proxy passes on bytes only; otherwise it reads each request
 */
public record Route(Origin origin, Optional<HttpProxy> proxy, boolean tunnelled) {

    /** The address to connect to. */
    public SocketAddress socketAddress() {
        return proxy.map(one -> new Origin("http", one.host(), one.port()))
                .orElse(origin)
                .socketAddress();
    }

    /** The proxy that reads each request; empty when there is none. */
    public Optional<HttpProxy> reader() {
        return proxy.filter(_ -> !tunnelled);
    }

    /** For messages: {@code example.org:443 by the proxy localhost:3128}. */
    @Override
    public String toString() {
        return origin + proxy.map(one -> " by the proxy " + one).orElse("");
    }
}
