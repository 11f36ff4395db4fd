package org.pollux.reactor.server.endpoints;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.tls.SecuredEndpoint;
import org.pollux.reactor.server.tls.ServerTls;

/**
 * The stages that the scheme and the options of an endpoint put into its connections. Bytes of {@code tcp} and {@code unix} are
 * the handler's as they are; those of {@code tls} are encrypted.
 */
final class EndpointStages {

    private final Optional<SecuredEndpoint> tls;

    /**
     * Those of an endpoint.
     *
     * @param alpn the protocols that it offers at the moment
     */
    EndpointStages(EndpointAddress address, ServerTls tls, Supplier<List<String>> alpn) {
        this.tls = switch (address) {
            case EndpointAddress.Internet internet -> internet.tls().map(options -> tls.secure(address, options, alpn));
            case EndpointAddress.Unix _ -> Optional.empty();
        };
    }

    /** The stages of each connection, the lowest first. */
    List<StageFactory> all() {
        return tls.map(SecuredEndpoint::stages).stream().toList();
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
