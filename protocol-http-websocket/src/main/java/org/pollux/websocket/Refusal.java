package org.pollux.websocket;

import org.pollux.http.Response;

/** A handshake that is refused: the status for the client, and why. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final Tally.Met met;

    Refusal(int status, Tally.Met met, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.met = met;
    }

    Tally.Met met() {
        return met;
    }

    /** 426 names what is spoken here (RFC 9110, section 15.5.22; RFC 6455, section 4.4). */
    void send(Response response) {
        if (status == 426) {
            response.header("Upgrade", "websocket").header("Sec-WebSocket-Version", Handshake.VERSION);
        }
        response.status(status)
                .setHeader("Content-Type", "text/plain; charset=utf-8")
                .send(status + " " + getMessage() + "\n");
    }
}
