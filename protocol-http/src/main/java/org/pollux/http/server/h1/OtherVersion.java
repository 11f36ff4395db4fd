package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;

/** Takes connections whose clients do not begin with a request of HTTP/1. */
@FunctionalInterface
public interface OtherVersion {

    /**
     * The first line of a connection names another version.
     *
     * @param in begins with that line, and keeps all its bytes
     * @param ending whether the server wants the connection to end, which the next handler must hear
     * @return whether the connection has another handler now
     */
    boolean takes(Connection connection, ByteBuffer in, boolean ending);
}
