package org.pollux.reactor;

import java.io.IOException;

/**
 * The cause with which {@link ConnectionHandler#onClosed} is called when the next version of the protocol has adopted the
 * connection. The connection goes on, but not for this handler.
 */
public final class ConnectionAdoptedException extends IOException {

    private static final long serialVersionUID = 1;

    /** Makes one. The message says who has adopted it. */
    public ConnectionAdoptedException(String message) {
        super(message);
    }
}
