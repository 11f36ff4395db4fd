package org.pollux.http.client;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends requests. All methods may be called from any thread and return at once; callbacks are made after they have returned.
 * The reactor's thread completes a future, with a response or with an {@link HttpFailure}. Cancelling a future cancels its
 * exchange.
 */
@ProviderType
public interface HttpClient {

    /**
     * Sends a request, at once or as soon as a connection is free.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the client's reactor is closed
     */
    HttpExchange send(HttpRequest request, HttpResponseHandler handler);

    /**
     * Sends a request and gathers the response, whatever its status.
     *
     * @param limit maximum bytes of the body; a longer one fails with {@link HttpFailure.Reason#TOO_LONG}
     */
    CompletableFuture<HttpResponse> send(HttpRequest request, int limit);

    /**
     * Saves the body of a successful response to a file. The body is written to another file in the same folder, which is
     * renamed when it is complete, so no program sees a part of it. An existing file is replaced. A status other than 2xx
     * fails with {@link HttpFailure.Reason#STATUS}; after a failure no partial file is left, and the existing file is
     * unchanged.
     *
     * <p>The reactor's thread writes the file, into the system's cache. A slow disk holds up the client's other exchanges;
     * with a reactor of its own, it holds up nothing else.
     */
    CompletableFuture<SavedFile> save(HttpRequest request, Path file);
}
