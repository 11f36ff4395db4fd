package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.List;

/**
 * A moment of the server.
 *
 * @param version of Pollux
 * @param state whether it serves already, or still
 * @param uptime since the loops were started
 * @param backend the name of the one that polls, {@code "none"} while there is none
 * @param backends all that are there, highest ranked first, then those that are missing
 * @param endpoints in the order of their names
 * @param limits the bounds that were met, the runtime's own first
 * @param memory what connections hold
 * @param descriptors of the process
 * @param faults what is wrong now beside the endpoints' own problems, a line each; see the package's description
 */
public record ServerStatus(
        String version,
        State state,
        Duration uptime,
        String backend,
        List<BackendStatus> backends,
        List<LoopStatus> loops,
        List<EndpointStatus> endpoints,
        List<LimitStatus> limits,
        MemoryStatus memory,
        DescriptorStatus descriptors,
        List<String> faults) {

    public enum State {
        /** Its endpoints are not open yet: bundles and configurations still arrive. */
        STARTING,
        /** Its endpoints are open, as far as each can be. */
        RUNNING,
        /** It is being closed: no endpoint is open, and connections end. */
        STOPPING
    }
}
