package org.pollux.reactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Leads one connection through a proxy: what is said before anything else, below TLS, as by HTTP's CONNECT or SOCKS. It belongs to
 * one connection, whose thread calls it. {@link ConnectionHandler#onOpen} follows when the way is free.
 */
@ConsumerType
public interface Passage {

    /** What is sent first. Called once, when the socket is established. */
    ByteBuffer request();

    /**
     * Looks at what the proxy has responded. Until the response is whole, all of it is presented again with more bytes after it.
     *
     * @param in at least one byte; when the way is free, its position is moved behind the response, and the bytes that follow are
     *     those of the server
     * @return whether the way is free
     * @throws IOException when the proxy refuses, or responds with something else: the cause of the connection's end
     */
    boolean response(ByteBuffer in) throws IOException;
}
