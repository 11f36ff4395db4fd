package org.pollux.http.client.reactor;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpResponse;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpResponseHead;
import org.pollux.http.wire.Bytes;

/** Gathers a response in memory. */
final class WholeBody implements HttpResponseHandler {

    private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    private final Bytes body = new Bytes(0);
    private final int limit;
    private @Nullable HttpResponseHead head;

    WholeBody(int limit) {
        this.limit = limit;
    }

    CompletableFuture<HttpResponse> response() {
        return response;
    }

    @Override
    public void onHead(HttpResponseHead found, HttpExchange exchange) {
        head = found;
    }

    @Override
    public void onData(ByteBuffer in) throws HttpFailure {
        if (in.remaining() > limit - body.size()) {
            throw new HttpFailure(Reason.TOO_LONG, "the body is longer than " + limit + " bytes");
        }
        body.add(in);
    }

    @Override
    public void onEnd(Headers trailers) {
        if (head != null) {
            byte[] bytes = new byte[body.size()];
            body.content().get(bytes);
            response.complete(new HttpResponse(head, bytes));
        }
    }

    @Override
    public void onFailed(HttpFailure cause) {
        response.completeExceptionally(cause);
    }
}
