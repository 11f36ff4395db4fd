package org.pollux.http.wire.websocket;

/** The reasons for which a connection ends (RFC 6455, section 7.4, and the registry of IANA). */
public final class CloseCode {

    public static final int NORMAL = 1000;

    /** The server is stopping, or the user of the client has left. */
    public static final int GOING_AWAY = 1001;

    public static final int PROTOCOL_ERROR = 1002;

    /** Text came where only binary messages are accepted, or the other way round. */
    public static final int UNACCEPTABLE = 1003;

    /** Never sent: the peer has closed without a code. */
    public static final int NONE = 1005;

    /** Never sent: the connection has ended without a close. */
    public static final int ABNORMAL = 1006;

    /** The content does not fit its kind, as text that is not UTF-8. */
    public static final int INVALID_DATA = 1007;

    public static final int TOO_BIG = 1009;
    public static final int SERVER_ERROR = 1011;

    /** The service restarts: a client may connect again. */
    public static final int RESTART = 1012;

    /** The server is overloaded: a client may try again later. */
    public static final int TRY_LATER = 1013;

    private static final int LAST_REGISTERED = 1014;
    private static final int FIRST_FREE = 3000;
    private static final int LAST_FREE = 4999;

    private CloseCode() {}

    /** Whether the code may be in a close frame. */
    public static boolean isSendable(int code) {
        boolean registered = code >= NORMAL && code <= LAST_REGISTERED;
        boolean reserved = code >= 1004 && code <= ABNORMAL;
        return (registered && !reserved) || (code >= FIRST_FREE && code <= LAST_FREE);
    }
}
