package org.pollux.http.client;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends requests and tells of the answers. All methods may be called from any thread and return at once; nothing is told
 * before they have returned. A future is completed on the reactor's thread by an answer, or by an {@link HttpFailure};
 * cancelling it gives up its exchange.
 */
@ProviderType
public interface HttpClient {

    /**
     * Sends a request, now or as soon as a connection is to be had.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the client's reactor is closed
     */
    Exchange send(HttpRequest request, ResponseHandler handler);

    /**
     * Sends a request and gathers the answer, whatever its status.
     *
     * @param limit bytes of the body at most; a longer one fails with {@link HttpFailure.Reason#TOO_LONG}
     */
    CompletableFuture<Response> send(HttpRequest request, int limit);

    /**
     * Saves the body of a successful answer to a file: written beside it and renamed when it is whole, so that nobody ever
     * sees a part of it; what was there before is replaced. Without success (another status than 2xx fails with
     * {@link HttpFailure.Reason#STATUS}) nothing is left behind, and nothing replaced.
     *
     * <p>The file is written by the reactor's thread, into the system's cache: a slow disk holds up the client's other
     * exchanges, and with a reactor of its own nothing else.
     */
    CompletableFuture<SavedFile> save(HttpRequest request, Path file);
}
