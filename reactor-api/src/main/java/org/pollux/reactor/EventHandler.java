package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/** The callback of a timer, a signal, or the idle timeout of a watched channel. */
@FunctionalInterface
@ConsumerType
public interface EventHandler {

    /**
     * Called on the reactor's thread each time the event happens.
     *
     * @param handle of what was registered; closing it ends the callbacks
     * @throws Exception closes the handle and is logged; the reactor continues, with all its other handles
     */
    void onEvent(Handle handle) throws Exception;
}
