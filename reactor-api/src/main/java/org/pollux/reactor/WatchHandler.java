package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/** What to do when a watched channel is ready. */
@FunctionalInterface
@ConsumerType
public interface WatchHandler {

    /**
     * Called on the reactor's thread, once in each turn in which the channel is ready.
     *
     * @param ready what the channel is ready for, as far as the watch asked for it; never {@link Interest#NONE}
     * @throws Exception closes the watch and is logged; the reactor and everything else goes on
     */
    void onReady(Watch watch, Interest ready) throws Exception;
}
