package org.pollux.http.jdk;

import org.pollux.http.HttpHandler;

/** Makes an {@link HttpHandler} from a handler of the JDK, for use without OSGi. */
public final class JdkAdapter {

    private JdkAdapter() {}

    /** Makes a handler for a blocking route. */
    public static HttpHandler of(com.sun.net.httpserver.HttpHandler handler) {
        return (request, response) -> handler.handle(new JdkExchange(handler, request, response));
    }
}
