package org.pollux.reactor.server.endpoints;

import java.util.List;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.server.offer.EndpointAddress;

/**
 * The stages that the scheme and the options of an endpoint put into its connections. Bytes of {@code tcp} and {@code unix} are
 * the handler's as they are; a scheme with stages is added here.
 */
final class EndpointStages {

    private EndpointStages() {}

    /** The stages of each connection that comes through an endpoint, the lowest first. */
    static List<StageFactory> of(EndpointAddress address) {
        return switch (address) {
            case EndpointAddress.Internet _, EndpointAddress.Unix _ -> List.of();
        };
    }
}
