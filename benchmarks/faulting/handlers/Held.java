package org.pollux.benchmarks.faulting;

import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Holds up its loop for some seconds: /held/sleeps/10, /held/spins/10. */
public final class Held implements HttpHandler {

    @Override
    public void handle(Request request, Response response) throws Exception {
        String[] parts = request.path().split("/");
        long end = System.nanoTime() + 1_000_000_000L * Long.parseLong(parts[3]);
        while (System.nanoTime() < end) {
            if (parts[2].equals("sleeps")) {
                Thread.sleep(100);
            } else {
                Thread.onSpinWait();
            }
        }
        response.send();
    }
}
