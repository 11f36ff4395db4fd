package org.pollux.reactor.framing;

import java.io.IOException;

/** The peer broke the framing: a frame beyond the limit, or a part of a frame and then its FIN. */
public final class FrameException extends IOException {

    private static final long serialVersionUID = 1;

    FrameException(String message) {
        super(message);
    }
}
