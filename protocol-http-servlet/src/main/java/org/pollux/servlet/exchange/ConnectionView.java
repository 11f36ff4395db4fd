package org.pollux.servlet.exchange;

import jakarta.servlet.ServletConnection;
import java.util.Locale;
import org.pollux.http.Request;

/** The connection of a request, as far as a handler sees it. */
record ConnectionView(Request request) implements ServletConnection {

    @Override
    public String getConnectionId() {
        return Long.toString(request.connection());
    }

    @Override
    public String getProtocol() {
        return switch (request.version()) {
            case "HTTP/2" -> request.tls().isPresent() ? "h2" : "h2c";
            default -> request.version().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public String getProtocolConnectionId() {
        return "";
    }

    @Override
    public boolean isSecure() {
        return request.scheme().equals("https");
    }
}
