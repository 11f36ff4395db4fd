package org.pollux.reactor.admin;

import java.net.SocketAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An endpoint that a protocol service asked for, at one moment. From any thread. */
@ProviderType
public interface EndpointStatus {

    /** The states of an endpoint. Later versions may add states. */
    enum State {
        /** Bound and served. */
        OPEN,
        /**
         * Its protocol has been removed. It is still bound: its connections are ending, new ones wait in the backlog.
         */
        DRAINING,
        /**
         * Not served yet. Either the server is still starting, and there is no {@link #problem}; or another protocol has
         * the endpoint, or one that is the same to the system, and this one takes over when that one is removed.
         */
        WAITING,
        /** It cannot be bound; {@link #problem} says why. It is tried again. */
        FAILED
    }

    /** The endpoint as it was asked for: {@code tcp://127.0.0.1:0}. */
    String endpoint();

    /** The symbolic name of the bundle whose service asked for it. */
    String protocol();

    State state();

    /** Where it is bound, with the true port; empty when it is not. */
    Optional<SocketAddress> local();

    /** How many of its connections are open now. */
    int connections();

    /** How many connections were accepted since it was bound. */
    long accepted();

    /** The problem and the remedy. */
    Optional<String> problem();
}
