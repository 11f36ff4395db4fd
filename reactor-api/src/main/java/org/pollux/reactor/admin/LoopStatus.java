package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.List;
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

    /** How long it has worked, and not waited for something to do; the present turn is included. */
    default Duration busy() {
        return Duration.ZERO;
    }

    /** How many channels were ready, over all turns. */
    default long ready() {
        return 0;
    }

    /** How many tasks wait for their turn. */
    default int tasksWaiting() {
        return 0;
    }

    /**
     * How long it worked in each turn. That is its lag: a channel that becomes ready, a timer and a task wait for the rest of a turn.
     */
    default Distribution turnTimes() {
        return Distribution.EMPTY;
    }

    /** How long the present turn has worked; 0 while it waits. */
    default Duration presentTurn() {
        return Duration.ZERO;
    }

    /** Present while a callback does not return: {@code "held up 12 s by org.acme.bundle, called for ..."}. */
    Optional<String> heldUp();

    /** Where the thread was when it was noticed that the callback does not return, the innermost frame first; empty otherwise. */
    default List<String> heldUpStack() {
        return List.of();
    }

    /** How many callbacks lasted longer than {@code heldUpAfter} of {@code pollux.runtime}. */
    long timesHeldUp();
}
