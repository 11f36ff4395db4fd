package org.pollux.reactor.admin;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A bundle that keeps connections to other servers registers this as a service. The server's status shows what it reports. */
@ConsumerType
public interface PoolReport {

    /** The pools. Called on any thread; it must return at once. */
    List<PoolStatus> pools();
}
