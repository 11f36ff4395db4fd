package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link org.pollux.reactor.Protocol} that serves requests can also implement this. Then the server's status shows how many
 * there were, and how long they took.
 */
@ConsumerType
public interface RequestReport {

    /** The requests since the protocol was started. Called on any thread; it must return at once. */
    RequestStatus requests();
}
