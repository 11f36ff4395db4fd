package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The requests that have become connections of another protocol (RFC 9110, section 7.8), at one moment. From any thread. Later versions
 * add methods with a default.
 */
@ConsumerType
public interface UpgradeStatus {

    /** The other protocol: {@code websocket}. */
    String protocol();

    /** How many of these connections are open now. A connection of HTTP/2 may carry several. */
    long open();

    /** How many there were since the service was started. */
    long total();
}
