package org.pollux.http.wire.websocket;

/** Which side of a connection it is. A client masks its frames, and a server must not (RFC 6455, section 5.1). */
public enum Side {
    CLIENT,
    SERVER;

    boolean masks() {
        return this == CLIENT;
    }
}
