package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A pool of connections to other servers at one moment. Counters run since its start. From any thread. Later versions add methods
 * with a default.
 */
@ConsumerType
public interface PoolStatus {

    /** The name of the pool; it is the same after a restart. */
    String name();

    /** How many connections are in use. */
    int active();

    /** How many connections wait for a request. */
    int idle();

    /** How many requests wait for a connection. */
    int waiting();

    /** How many connections were opened. */
    long opened();

    /** How many connections could not be opened. */
    long failed();
}
