package org.pollux.reactor.admin;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * An endpoint that a protocol service asked for.
 *
 * @param endpoint as it was asked for: {@code tcp://127.0.0.1:0}
 * @param protocol who asked: the symbolic name of the service's bundle
 * @param local where it is bound, with the true port
 * @param connections open now
 * @param accepted since it was bound
 * @param problem what is wrong and what helps
 */
public record EndpointStatus(
        String endpoint,
        String protocol,
        State state,
        Optional<SocketAddress> local,
        int connections,
        long accepted,
        Optional<String> problem) {

    public enum State {
        /** Bound and served. */
        OPEN,
        /** Its protocol is gone: bound still, its connections are ending, new ones wait in the backlog. */
        DRAINING,
        /** Another protocol serves it, which was there first or ranks higher; this one follows when that goes. */
        WAITING,
        /** It cannot be bound; {@code problem} says why. It is tried again. */
        FAILED
    }
}
