package org.pollux.reactor;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Something registered with a reactor: a channel's readiness, a timer, a signal. It lasts until it is closed; a one-shot
 * event closes itself just before its only callback.
 *
 * <p>For the reactor's thread only.
 */
@ProviderType
public interface Event extends AutoCloseable {

    Reactor reactor();

    /**
     * The channel that is watched.
     *
     * @throws IllegalStateException for a timer or a signal, which have none
     */
    SelectableChannel channel();

    /**
     * What happened, during the callback: what the channel is ready for, or {@link Interest#NONE} when the
     * {@link #timeout} passed, a timer expired or a signal came.
     */
    Interest ready();

    /**
     * Changes what the channel is watched for; costs no system call when nothing changes.
     *
     * @return this event
     * @throws IllegalStateException when the event is closed, or is no channel's
     */
    Event interest(Interest interest);

    /**
     * Calls the handler with {@link Interest#NONE} whenever the channel was not ready for so long. Every callback
     * starts the time anew; {@link Duration#ZERO} takes the timeout away and leaves the interest.
     *
     * @return this event
     * @throws IllegalStateException when the event is closed, or is no channel's
     */
    Event timeout(Duration idle);

    /**
     * Makes it a one-shot event: it is closed before its next callback, and the channel may be watched again inside it.
     *
     * @return this event
     */
    Event once();

    /** Bytes that belong to this event, empty at first and kept when it is closed. */
    Storage storage();

    boolean isClosed();

    /**
     * Unregisters the event; legal inside its own callback, and harmless when repeated. A readiness of the same turn
     * that was not delivered yet is not delivered. The channel stays open.
     */
    @Override
    void close();
}
