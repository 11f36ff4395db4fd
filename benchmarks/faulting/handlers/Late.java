package org.pollux.benchmarks.faulting;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Keeps its request and response, and uses them for 30 ms after it has sent the response. */
public final class Late implements HttpHandler {

    private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong threw = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();

    @Override
    public void handle(Request request, Response response) {
        if (request.path().endsWith("/report")) {
            response.send((calls + " " + threw + " " + foreign + " " + unchanged).getBytes());
            return;
        }
        String own = request.headers().first("Authorization").orElse("");
        response.send(own.getBytes());
        threads.execute(() -> misuse(request, response, own));
    }

    private void misuse(Request request, Response response, String own) {
        long end = System.nanoTime() + 30_000_000;
        while (System.nanoTime() < end) {
            attempt(() -> check(request.headers().first("Authorization").orElse(own), own));
            attempt(() -> check(request.path(), "/late"));
            attempt(() -> response.header("Set-Cookie", "late=" + own));
            attempt(() -> response.status(500));
            attempt(() -> response.send(own.getBytes()));
            attempt(() -> response.stream());
            Thread.yield();
        }
    }

    private void check(String found, String own) {
        if (found.equals(own)) {
            unchanged.incrementAndGet();
        } else {
            foreign.incrementAndGet();
        }
    }

    private void attempt(Runnable call) {
        calls.incrementAndGet();
        try {
            call.run();
        } catch (RuntimeException e) {
            threw.incrementAndGet();
        }
    }
}
