package org.pollux.benchmarks.faulting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Responds a little later with the request's own token. */
public final class Victim implements HttpHandler {

    private final Executor later = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    @Override
    public void handle(Request request, Response response) {
        byte[] token = request.headers().first("Authorization").orElse("").getBytes();
        later.execute(() -> response.header("X-Own", "yes").send(token));
    }
}
