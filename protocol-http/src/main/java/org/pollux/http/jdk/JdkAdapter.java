package org.pollux.http.jdk;

import org.pollux.http.HttpHandler;

/** Makes a handler of ours of one of the JDK's, for use without OSGi. */
public final class JdkAdapter {

    private JdkAdapter() {}

    /** The handler for a route that blocks. */
    public static HttpHandler of(com.sun.net.httpserver.HttpHandler handler) {
        return (request, response) -> handler.handle(new JdkExchange(handler, request, response));
    }
}
