package org.pollux.fetch;

import java.util.concurrent.CompletableFuture;
import org.pollux.http.client.FileBody;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.SavedFile;

/**
 * Saves what comes of one attempt.
 *
 * @param request the request, with what the saver needs of it
 * @param handler takes the response
 * @param saved completed by the handler at its end
 * @param begun bytes that are there already
 */
record Saver(HttpRequest request, HttpResponseHandler handler, CompletableFuture<SavedFile> saved, long begun) {

    static Saver whole(HttpRequest request, FileBody body) {
        return new Saver(request, body, body.saved(), 0);
    }

    static Saver head(HttpRequest request, HeadText head) {
        return new Saver(request, head, head.saved(), 0);
    }

    /** Continues a part if there is one of this URL. */
    static Saver resumed(HttpRequest request, ResumedFile file) {
        return new Saver(file.continued(request), file, file.saved(), file.begun());
    }
}
