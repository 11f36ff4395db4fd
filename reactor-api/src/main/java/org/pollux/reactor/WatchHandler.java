package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/** The callback of a watched channel that is ready. */
@FunctionalInterface
@ConsumerType
public interface WatchHandler {

    /**
     * Called on the reactor's thread, once in each turn in which the channel is ready.
     *
     * @param ready the directions that are ready, of those that the watch asked for; never {@link Interest#NONE}
     * @throws Exception closes the watch and is logged; the reactor continues, with all its other handles
     */
    void onReady(Watch watch, Interest ready) throws Exception;
}
