package org.pollux.reactor;

import java.io.IOException;

/**
 * The cause with which {@link ConnectionHandler#onClosed} is called when the server has aborted a connection because the
 * memory of all connections was used up, and this one held much of it for a slow peer.
 */
public final class ConnectionShedException extends IOException {

    private static final long serialVersionUID = 1;

    /** Makes one. The message says how much was held, and the limit. */
    public ConnectionShedException(String message) {
        super(message);
    }
}
