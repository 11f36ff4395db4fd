package org.pollux.http.client;

import org.osgi.annotation.versioning.ProviderType;

/** A request under way, and its response. All methods may be called from any thread, and are no-ops when it is over. */
@ProviderType
public interface HttpExchange {

    /**
     * Stops the callbacks; when the kernel's buffers are full, the server stops too. After a call inside a callback, none but
     * {@link HttpResponseHandler#onFailed} follows before {@link #resume}. The idle timeout stops meanwhile; the timeout of
     * the whole exchange goes on.
     */
    void pause();

    /** Goes on with the callbacks, not inside this call. */
    void resume();

    /** Gives the exchange up. {@link HttpResponseHandler#onFailed} follows, and the connection is not used again. */
    void cancel();
}
