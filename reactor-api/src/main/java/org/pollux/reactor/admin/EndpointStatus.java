package org.pollux.reactor.admin;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
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

    /** The names by which clients of a {@code tls} endpoint choose the protocol (RFC 7301), the preferred one first. */
    default List<String> alpn() {
        return List.of();
    }

    /** How many of its connections are open now. */
    int connections();

    /** How many of them wait for the next version of their protocol, which may adopt them. */
    default int waiting() {
        return 0;
    }

    /** How many times a connection was adopted by the next version of its protocol. */
    default long adopted() {
        return 0;
    }

    /** How many connections were accepted since it was bound. */
    long accepted();

    /** How many connections were refused, by the key of the limit: {@code connectionsPerAddress}. They are not accepted ones. */
    default Map<String, Long> refused() {
        return Map.of();
    }

    /**
     * How many connections have ended, by the cause: {@code client} and {@code server} for the side that ended first,
     * {@code lost} for a reset or another failure of the network, {@code timeout}, {@code handshake}, {@code aborted} by the
     * server, {@code memory} for those that were shed, {@code fault} for those whose handler failed. Later versions may add causes.
     */
    default Map<String, Long> closed() {
        return Map.of();
    }

    /** Bytes read from its connections, without those that TLS has added. */
    default long bytesRead() {
        return 0;
    }

    /** Bytes written to its connections, without those that TLS adds. */
    default long bytesWritten() {
        return 0;
    }

    /** How many handshakes, of TLS or the PROXY protocol, were done. */
    default long handshakes() {
        return 0;
    }

    /** How many handshakes have failed. */
    default long handshakesFailed() {
        return 0;
    }

    /** The problem and the remedy. */
    Optional<String> problem();
}
