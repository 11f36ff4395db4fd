package org.pollux.reactor.runtime.net;

import java.util.Locale;

/** Why a connection has ended, for the numbers of its endpoint. */
public enum EndCause {
    /** Both sides have ended, the client first. */
    CLIENT,
    /** Both sides have ended, the server first. */
    SERVER,
    /** A reset, or another failure of the network. */
    LOST,
    /** The peer did not take the last bytes in time. */
    TIMEOUT,
    /** The handshake of its stages has failed, or took too long. */
    HANDSHAKE,
    /** The server, or the handler, has cut it off. */
    ABORTED,
    /** It was shed because memory was used up. */
    MEMORY,
    /** Its handler has failed, or does not return; or what moves its bytes has failed. */
    FAULT;

    /** Its place among the counters. */
    @SuppressWarnings("EnumOrdinal") // of one run of the program
    int index() {
        return ordinal();
    }

    /** Its name in the status. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
