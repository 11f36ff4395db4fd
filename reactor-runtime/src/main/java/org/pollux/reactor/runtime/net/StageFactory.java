package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.time.Duration;

/** Puts a stage into each connection that is made with it. From the thread of any loop. */
public interface StageFactory {

    /** How long the handshake of a connection may take, unless a factory says otherwise. */
    Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** Its name, for people: {@code TLS}. */
    String name();

    /**
     * Makes the stage of one connection, whose socket is established.
     *
     * @return the stage, or the transport below when this connection needs none
     * @throws IOException when that is not possible now; the connection ends
     */
    Transport open(StageContext context, Transport below) throws IOException;

    /** How long the handshake may take; with several stages the longest time counts for all of them. */
    default Duration handshakeTimeout() {
        return HANDSHAKE_TIMEOUT;
    }
}
