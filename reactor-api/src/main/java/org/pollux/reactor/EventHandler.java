package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/** What to do when a timer expires, a signal comes, or a watched channel was idle for too long. */
@FunctionalInterface
@ConsumerType
public interface EventHandler {

    /**
     * Called on the reactor's thread each time the event happens.
     *
     * @param handle of what was registered; closing it ends the callbacks
     * @throws Exception closes the handle and is logged; the reactor and everything else goes on
     */
    void onEvent(Handle handle) throws Exception;
}
