package org.pollux.http;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes a small body as a whole, on the thread of the connection's reactor; see {@link RequestBody#readAll}. */
@FunctionalInterface
@ConsumerType
public interface WholeBodyHandler {

    /**
     * The body has arrived.
     *
     * @param body all of it, maybe empty; valid during the call only, and to be read from only
     * @throws Exception as {@link HttpHandler#handle} does
     */
    void onBody(ByteBuffer body) throws Exception;
}
