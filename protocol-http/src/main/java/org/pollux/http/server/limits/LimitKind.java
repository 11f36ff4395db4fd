package org.pollux.http.server.limits;

/** The limits that are counted when they are reached, in the order in which they are shown. */
public enum LimitKind {
    REQUEST_LINE("requestLineLimit (414)"),
    HEAD("headLimit (431)"),
    FIELDS("fieldLimit (431)"),
    HEAD_TIME("headTimeout (408)"),
    BODY("bodyLimit (413)"),
    BODY_RATE("slowestRate of a body (408)"),
    RESPONSE_TIME("responseTimeout (503)"),
    RESPONSE_RATE("slowestRate of a response (cut off)"),
    RESPONSE_IDLE("idleTimeout of a response (cut off)"),
    IDLE("idleTimeout (closed)"),
    REQUESTS("requestsPerConnection (closed)"),
    STREAMS("http2Streams (refused)"),
    RESETS("http2Resets (closed)"),
    OVERHEAD("http2Overhead (closed)"),
    CONTINUATIONS("http2Continuations (closed)"),
    CONTROL_FRAMES("http2ControlFrames (closed)");

    /** The key of its configuration, and the effect for the client. */
    final String text;

    LimitKind(String text) {
        this.text = text;
    }
}
