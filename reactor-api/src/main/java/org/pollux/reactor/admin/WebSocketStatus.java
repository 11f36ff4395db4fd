package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The WebSocket connections of a bundle at one moment. Counters run since its start. From any thread. Later versions add methods
 * with a default.
 */
@ConsumerType
public interface WebSocketStatus {

    /** The name of the configuration that limits them; it is the same after a restart. */
    String name();

    /** How many connections are open. */
    int open();

    /** How many messages have come, each counted when it is whole. */
    long received();

    /** How many messages were sent. */
    long sent();

    /** Bytes of messages that have come in part. */
    long messageBytes();

    /** Bytes that compression keeps between and inside messages, outside the heap. */
    long compressionBytes();
}
