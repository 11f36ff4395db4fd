package org.pollux.http.client;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A request under way, and its response. All methods may be called from any thread, and are no-ops when the exchange is
 * over.
 */
@ProviderType
public interface HttpExchange {

    /**
     * Stops the callbacks; when the kernel's buffers are full, the server stops too. After a call inside a callback, only
     * {@link HttpResponseHandler#onFailed} can follow before {@link #resume}. The idle timeout stops meanwhile; the timeout
     * of the whole exchange continues to run.
     */
    void pause();

    /** Continues the callbacks, not inside this call. */
    void resume();

    /** Cancels the exchange. {@link HttpResponseHandler#onFailed} follows, and the connection is not used again. */
    void cancel();
}
