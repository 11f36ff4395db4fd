package org.pollux.reactor.admin;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The requests of one protocol service at one moment, counted since it was started. From any thread. Later versions add methods
 * with a default.
 */
@ConsumerType
public interface RequestStatus {

    /** The name of the service, which is the PID of its configuration: {@code pollux.http}. */
    String name();

    /** How many requests are under way. */
    long inFlight();

    /** How many requests came by each wire: {@code h1}, {@code h2}. */
    Map<String, Long> wires();

    /** The requests that have become connections of another protocol, in the order of its names. As requests they are over. */
    default List<UpgradeStatus> upgrades() {
        return List.of();
    }

    /** The requests by route, in the order of their names. Their number is limited. */
    List<RouteStatus> routes();
}
