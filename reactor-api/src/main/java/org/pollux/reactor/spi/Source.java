package org.pollux.reactor.spi;

import java.nio.channels.SelectableChannel;
import org.osgi.annotation.versioning.ProviderType;
import org.pollux.reactor.Interest;

/** An open, non-blocking channel that the runtime gives to a {@link Poller}, with the callback for its readiness. */
@ProviderType
public interface Source {

    /** The channel to watch; always the same one. The source closes it, never the poller. */
    SelectableChannel channel();

    /**
     * Called by {@link Poller#poll}, on its thread, at most once in a poll.
     *
     * @param ready the ready directions: never {@link Interest#NONE}, and never more than the interest of the
     *     registration at this moment. Readiness may be spurious; the read or write then moves nothing.
     */
    void onReady(Interest ready);

    /**
     * Whether bytes move through {@link Registration#read}, {@code write}, {@code transferFrom} and {@code shutdownOutput}
     * alone, so that a poller may receive ahead and send later (P23 to P29 in {@link Handover}). The channel of such a source
     * is a {@link java.nio.channels.SocketChannel}, which may still be connecting: P8 holds until it is connected. Always the
     * same value.
     */
    default boolean isStream() {
        return false;
    }
}
