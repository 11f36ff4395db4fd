package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The server at one moment. What it returns does not change any more. From any thread. */
@ProviderType
public interface ServerStatus {

    /** Whether a server serves already, or still. Later versions may add states. */
    enum State {
        /** Its endpoints are not open yet: bundles and configurations still arrive. */
        STARTING,
        /** Its endpoints are open, as far as each can be. */
        RUNNING,
        /** It is being closed: no endpoint is open, and connections end. */
        STOPPING
    }

    /** The version of Pollux. */
    String version();

    State state();

    /** The time since the loops were started. */
    Duration uptime();

    /** The name of the backend that polls, {@code "none"} while there is none. */
    String backend();

    /** All backends that are there, highest ranked first, then those that are missing. */
    List<BackendStatus> backends();

    List<LoopStatus> loops();

    /** In the order of their names. */
    List<EndpointStatus> endpoints();

    /** The limits that were met, the runtime's own first. */
    List<LimitStatus> limits();

    /** What connections hold. */
    MemoryStatus memory();

    /** Those of the process. */
    DescriptorStatus descriptors();

    /** What is wrong now, apart from the endpoints' own problems, a line each; see the package's description. */
    List<String> faults();
}
