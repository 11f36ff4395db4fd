package org.pollux.reactor.server.endpoints;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.proxy.ProxyStages;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.Network;
import org.pollux.reactor.server.tls.SecuredEndpoint;
import org.pollux.reactor.server.tls.ServerTls;

/**
 * The stages that the scheme and the options of an endpoint put into its connections. Bytes of {@code tcp} and {@code unix} are
 * the handler's as they are; those of {@code tls} are encrypted. Below that, the header of a proxy is read.
 */
final class EndpointStages {

    private final Optional<ProxyStages> proxy;
    private final Optional<SecuredEndpoint> tls;

    /**
     * Those of an endpoint.
     *
     * @param alpn the protocols that it offers at the moment
     */
    EndpointStages(EndpointAddress address, ServerTls tls, Supplier<List<String>> alpn) {
        switch (address) {
            case EndpointAddress.Internet internet -> {
                this.proxy = proxy(internet.proxies());
                this.tls = internet.tls().map(options -> tls.secure(address, options, alpn));
            }
            case EndpointAddress.Unix unix -> {
                this.proxy = unix.proxied() ? Optional.of(new ProxyStages(_ -> true)) : Optional.empty();
                this.tls = Optional.empty();
            }
        }
    }

    private static Optional<ProxyStages> proxy(List<Network> proxies) {
        return proxies.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProxyStages(peer -> peer instanceof InetSocketAddress internet
                        && proxies.stream().anyMatch(network -> network.contains(internet.getAddress()))));
    }

    /** The stages of each connection, the lowest first. */
    List<StageFactory> all() {
        return Stream.<Optional<? extends StageFactory>>of(proxy, tls.map(SecuredEndpoint::stages))
                .<StageFactory>flatMap(Optional::stream)
                .toList();
    }

    /**
     * Refuses to be bound before a connection can be served.
     *
     * @throws IOException with the reason and the remedy
     */
    void requireReady() throws IOException {
        if (tls.isPresent()) {
            tls.get().requireReady();
        }
    }

    /** No connection comes any more. */
    void close() {
        tls.ifPresent(SecuredEndpoint::close);
    }
}
