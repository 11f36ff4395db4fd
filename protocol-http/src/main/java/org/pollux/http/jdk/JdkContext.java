package org.pollux.http.jdk;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a context that exist without the JDK's server. */
final class JdkContext extends HttpContext {

    private final HttpHandler handler;
    private final String path;
    private final Map<String, Object> attributes = new HashMap<>();

    JdkContext(HttpHandler handler, String path) {
        this.handler = handler;
        this.path = path;
    }

    @Override
    public HttpHandler getHandler() {
        return handler;
    }

    @Override
    public void setHandler(HttpHandler other) {
        throw new IllegalArgumentException("The handler of a service is the service");
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public HttpServer getServer() {
        throw new UnsupportedOperationException("This handler is not served by the JDK's HttpServer, but by Pollux");
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public List<Filter> getFilters() {
        return List.of();
    }

    @Override
    @SuppressWarnings("NullAway") // as the JDK specifies when there was none before
    public Authenticator setAuthenticator(@Nullable Authenticator authenticator) {
        throw new UnsupportedOperationException("Authentication is for an HttpFilter service of org.pollux.http");
    }

    @Override
    @SuppressWarnings("NullAway") // as the JDK specifies when there is none
    public Authenticator getAuthenticator() {
        return null;
    }
}
