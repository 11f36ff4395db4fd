package org.pollux.reactor;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Something that is registered with a reactor: a timer, a signal, or a watched channel ({@link Watch}). It lasts until it
 * is closed. For the reactor's thread only.
 */
@ProviderType
public interface Handle extends AutoCloseable {

    /** Whether it was closed: by {@link #close}, by its reactor's end, or because its last callback is running or has run. */
    boolean isClosed();

    /**
     * Ends the registration, also inside a callback of its own. Events of the same turn that were not delivered yet are
     * dropped. Closing twice does nothing.
     */
    @Override
    void close();
}
