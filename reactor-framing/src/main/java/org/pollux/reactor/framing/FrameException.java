package org.pollux.reactor.framing;

import java.io.IOException;

/** The peer sent what is no frame: one beyond the bound, or a part of one and then its FIN. */
public final class FrameException extends IOException {

    private static final long serialVersionUID = 1;

    FrameException(String message) {
        super(message);
    }
}
