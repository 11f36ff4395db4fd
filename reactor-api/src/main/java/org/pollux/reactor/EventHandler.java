package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/** What to do when an {@link Event} happens. */
@FunctionalInterface
@ConsumerType
public interface EventHandler {

    /**
     * Called on the reactor's thread each time the event happens. Through the event it reaches the channel, the reactor
     * and the event's storage; {@link Event#ready} says what happened.
     *
     * @throws Exception closes the event and is logged; the reactor and all other events go on
     */
    void onEvent(Event event) throws Exception;
}
