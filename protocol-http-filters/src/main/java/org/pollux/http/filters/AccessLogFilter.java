package org.pollux.http.filters;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Writes a line for each request whose answer has ended, in the combined format. For any thread; what is written is written
 * by a thread of its own, a little later. {@link #close} ends it when all is written.
 * What was refused before there was a request has a line in which all is {@code -} that is not known.
 */
public final class AccessLogFilter implements HttpFilter, AutoCloseable {

    private final LogWriter writer;

    /**
     * Opens the log and starts its thread.
     *
     * @throws IOException when the file cannot be written
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

    /** Why lines are lost at present; from any thread. */
    public Optional<String> fault() {
        return writer.fault();
    }

    @Override
    public void close() {
        writer.close();
    }
}
