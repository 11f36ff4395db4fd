package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The server at one moment. The values do not change. From any thread. */
@ProviderType
public interface ServerStatus {

    /** The phases of a server. Later versions may add states. */
    enum State {
        /** Its endpoints, except those of the shell, are not open yet: bundles and configurations still arrive. */
        STARTING,
        /** Its endpoints are open, except those that have a problem. */
        RUNNING,
        /** It is asked to stop: it serves for {@code stopDelay}, then no endpoint is open, and connections end. */
        STOPPING
    }

    /** The version of Pollux. */
    String version();

    State state();

    /** The time since the loops were started. */
    Duration uptime();

    /** The name of the backend that polls, {@code "none"} while there is none. */
    String backend();

    /** All available backends, highest ranked first, then those that cannot work here. */
    List<BackendStatus> backends();

    List<LoopStatus> loops();

    /** The endpoints, in the order of their names. */
    List<EndpointStatus> endpoints();

    /** The limits that were met, the runtime's own first. */
    List<LimitStatus> limits();

    /** The memory that connections hold. */
    MemoryStatus memory();

    /** The descriptors of the process. */
    DescriptorStatus descriptors();

    /** The TLS engines, highest ranked first, then those that cannot work here. */
    default List<TlsEngineStatus> tlsEngines() {
        return List.of();
    }

    /** The certificates in force, the default one first. */
    default List<CertificateStatus> certificates() {
        return List.of();
    }

    /** The swaps of the backend. */
    default SwapStatus swaps() {
        return NoSwaps.INSTANCE;
    }

    /** How often another TLS engine was asked for by hand, and encrypts. */
    default long engineExchanges() {
        return 0;
    }

    /** The requests of each protocol that reports them. */
    default List<RequestStatus> requests() {
        return List.of();
    }

    /** The pools of connections to other servers. */
    default List<PoolStatus> pools() {
        return List.of();
    }

    /** The WebSocket connections of each bundle that reports them. */
    default List<WebSocketStatus> webSockets() {
        return List.of();
    }

    /** How often bundles were {@code installed}, {@code updated}, {@code uninstalled}, since the server's start. */
    default Map<String, Long> deploys() {
        return Map.of();
    }

    /** The present faults, one line each, without the problems of endpoints; see the package's description. */
    List<String> faults();
}
