package org.pollux.http.filters;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Writes a line for each request whose response has ended, in the combined format. A thread of its own writes the lines
 * a little later. {@link #close} ends it when all lines are written. A request that was refused early has a line with
 * {@code -} for each unknown value. Safe for use from any thread.
 */
public final class AccessLogFilter implements HttpFilter, AutoCloseable {

    private final LogWriter writer;

    /**
     * Opens the log and starts its thread.
     *
     * @throws IOException if the file cannot be written
     */
    public AccessLogFilter(AccessLogSettings settings) throws IOException {
        writer = LogWriter.start(settings);
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        next.handle(request, response.intercept(new LoggedRequest(request, writer)));
    }

    @Override
    public void onRefused(SocketAddress remote, int status, long bytes) {
        writer.add(LogEntry.refused(remote, status, bytes));
    }

    /** The reason why lines are lost at present. Safe for use from any thread. */
    public Optional<String> fault() {
        return writer.fault();
    }

    @Override
    public void close() {
        writer.close();
    }
}
