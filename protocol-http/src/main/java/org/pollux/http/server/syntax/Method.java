package org.pollux.http.server.syntax;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Octets;

/** The methods of RFC 9110, section 9, with PATCH; case-sensitive. */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    CONNECT,
    OPTIONS,
    TRACE,
    PATCH,
    /** One that this server does not know. */
    UNKNOWN;

    private static final Method[] KNOWN = {GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH};

    public static Method of(ByteBuffer in, int from, int to) {
        for (Method method : KNOWN) {
            if (Octets.equals(in, from, to, method.name())) {
                return method;
            }
        }
        return UNKNOWN;
    }

    /** Whether it is a standard that a server without tunnels can do for any resource at all. */
    public boolean isImplemented() {
        return this != UNKNOWN && this != CONNECT;
    }

    /** Whether a handler that takes any method is offered it: one that tunnels or shows the request is asked for by name. */
    public boolean isForAny() {
        return this != CONNECT && this != TRACE && this != UNKNOWN;
    }
}
