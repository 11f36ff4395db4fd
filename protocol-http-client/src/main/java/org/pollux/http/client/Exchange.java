package org.pollux.http.client;

import org.osgi.annotation.versioning.ProviderType;

/** A request under way, and its answer. All methods may be called from any thread, and do nothing when it is over. */
@ProviderType
public interface Exchange {

    /**
     * Holds the answer back: the server is held back too when the kernel's buffers are full. Called in a callback, no other
     * follows before {@link #resume} but {@link ResponseHandler#onFailed}. The server's silence is not timed meanwhile; the
     * whole exchange is.
     */
    void pause();

    /** Goes on. */
    void resume();

    /** Gives it up; {@link ResponseHandler#onFailed} hears so, and the connection is not used again. */
    void cancel();
}
