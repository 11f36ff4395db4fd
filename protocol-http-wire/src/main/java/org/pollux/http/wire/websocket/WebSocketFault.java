package org.pollux.http.wire.websocket;

/** The peer has broken a rule or exceeded a limit: the connection ends with this code. It has no stack, because the fault is the peer's. */
public final class WebSocketFault extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    /**
     * Makes a fault.
     *
     * @param code for the close frame
     * @param reason at most 123 octets in UTF-8
     */
    public WebSocketFault(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    static WebSocketFault protocol(String reason) {
        return new WebSocketFault(CloseCode.PROTOCOL_ERROR, reason);
    }

    public int code() {
        return code;
    }

    /** What is wrong, for the close frame and for a log. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
