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
    /** A method that this server does not know. */
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

    /** Whether it is a standard method that a server without tunnels can implement for some resource. */
    public boolean isImplemented() {
        return this != UNKNOWN && this != CONNECT;
    }

    /**
     * Whether a handler of all methods receives it. A handler receives a method that tunnels or shows the request only if
     * it names it.
     */
    public boolean isForAny() {
        return this != CONNECT && this != TRACE && this != UNKNOWN;
    }
}
