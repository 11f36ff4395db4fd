package org.pollux.http.filters;

import org.jspecify.annotations.Nullable;
import org.pollux.http.Request;
import org.pollux.http.ResponseInterceptor;

/**
 * Waits for the end of a response, on the thread of its connection, and passes the entry to the thread of the writer.
 * The writer does the expensive work: dates and escapes.
 */
final class LoggedRequest implements ResponseInterceptor {

    private final Request request;
    private final LogWriter log;
    private final long begun = System.nanoTime();

    /**
     * Waits for one response.
     *
     * @param request as changed by the previous filters
     */
    LoggedRequest(Request request, LogWriter log) {
        this.request = request;
        this.log = log;
    }

    @Override
    public void onEnd(Request original, int status, long bytes, @Nullable Throwable failure) {
        log.add(new LogEntry(
                System.currentTimeMillis(),
                System.nanoTime() - begun,
                LogEntry.client(request.remote()),
                request.method(),
                request.target(),
                request.version(),
                status,
                bytes,
                field("Referer"),
                field("User-Agent"),
                field(RequestIdFilter.FIELD),
                failure != null));
    }

    private String field(String name) {
        return request.headers().first(name).orElse(LogEntry.NONE);
    }
}
