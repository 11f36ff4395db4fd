package org.pollux.http.server.exchange;

import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Calls a blocking handler on a thread of its own for each request. The number of calls at a time is limited for each
 * bundle.
 */
public final class OnOwnThread implements HttpHandler {

    private final HttpHandler handler;
    private final BlockingCalls calls;

    /**
     * Calls a handler.
     *
     * @param from a class of the bundle that owns the handler
     */
    public OnOwnThread(HttpHandler handler, Class<?> from) {
        this.handler = handler;
        this.calls = BlockingCalls.of(from);
    }

    @Override
    public void handle(Request request, Response response) {
        if (!(response instanceof ResponseHandle handle)) {
            throw new IllegalArgumentException(
                    "A filter must pass on the response as it is, and use its intercept() to change the response");
        }
        Carrier by = handle.share();
        if (by != null) {
            by.callBegun();
        }
        calls.run(() -> run(request, handle, by), () -> refuse(handle, by));
    }

    private void run(Request request, ResponseHandle response, @Nullable Carrier by) {
        try {
            handler.handle(request, response);
            response.returned();
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the response
            response.failed(fault);
        } finally {
            ended(by);
        }
    }

    private static void refuse(ResponseHandle response, @Nullable Carrier by) {
        try {
            response.status(503).header("Retry-After", "5").sendError(503);
        } finally {
            ended(by);
        }
    }

    private static void ended(@Nullable Carrier by) {
        if (by != null) {
            by.callEnded();
        }
    }
}
