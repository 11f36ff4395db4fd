package org.pollux.http.client.websocket;

import org.pollux.http.wire.websocket.Session;
import org.pollux.http.wire.websocket.SessionWire;

/** A wire of this side, which gets its session when the handshake is done. */
interface SessionCarrier extends SessionWire {

    /** Called on the loop: the session gets what comes from now on. */
    void carry(Session carried);
}
