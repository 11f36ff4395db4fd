package org.pollux.reactor;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A channel that a reactor watches: its {@link WatchHandler} is called whenever the channel is ready, until the watch is
 * closed. Closing it leaves the channel open. For the reactor's thread only.
 */
@ProviderType
public interface Watch extends Handle {

    /** The channel that is watched. */
    SelectableChannel channel();

    /**
     * Changes the interest. It costs no system call when nothing changes.
     *
     * @return this watch
     * @throws IllegalStateException when the watch is closed
     * @throws java.io.UncheckedIOException when the system refuses the change
     */
    Watch interest(Interest interest);

    /**
     * Calls a handler whenever the channel was not ready for that time. Each callback of this watch starts the time
     * again.
     *
     * @param idle {@link Duration#ZERO} removes the timeout and keeps the interest
     * @param handler replaces that of an earlier timeout; it is called with this watch. An exception of it closes the
     *     watch
     * @return this watch
     * @throws IllegalArgumentException when the duration is negative
     * @throws IllegalStateException when the watch is closed
     */
    Watch idleTimeout(Duration idle, EventHandler handler);

    /**
     * Closes the watch just before its next callback, so that the channel can be watched again inside it.
     *
     * @return this watch
     */
    Watch once();

    /** Bytes that belong to this watch. They are empty at first, and are kept when it is closed. */
    Storage storage();
}
