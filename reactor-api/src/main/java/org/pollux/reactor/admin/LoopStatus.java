package org.pollux.reactor.admin;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An event loop at one moment. Counters run since its start. From any thread. */
@ProviderType
public interface LoopStatus {

    /** The name of its thread. */
    String name();

    /** The name of the backend that it polls with. */
    String backend();

    /** How many channels it watches, without its own wake-up pipe. */
    int sources();

    /** How many stream connections are open. */
    int connections();

    /** Turns of the loop. */
    long turns();

    /** Bytes read from stream connections. */
    long bytesRead();

    /** Bytes written to stream connections. */
    long bytesWritten();

    /** Present while a callback does not return: {@code "held up 12 s by org.acme.bundle, called for ..."}. */
    Optional<String> heldUp();

    /** How many callbacks lasted longer than {@code heldUpAfter} of {@code pollux.runtime}. */
    long timesHeldUp();
}
