package org.pollux.http.client;

/** The server's side of one exchange, played by hand, in the words that both wires share. */
interface ServerSide {

    /** Waits for the next request, on a new connection or on the one before. */
    void awaitRequest();

    /** The fields of the request with names in lower case, {@code name: value} and a line feed each. */
    String head();

    /** What has come of the body, when the loop is at rest. */
    String body();

    /** Whether the body has come to its end. */
    boolean isWhole();

    /** The fields behind the body, as {@link #head}. */
    String trailers();

    void interim(int status);

    /** Sends the head of a response and the beginning of its body. */
    void begin(int status, String text, String... fields);

    /** Sends the rest of a response whose head was sent, and trailers: names and values in turn. */
    void end(String text, String... trailers);

    /** Sends a whole response. */
    default void respond(int status, String text, String... fields) {
        begin(status, text, fields);
        end("");
    }

    /** Ends the exchange from this side, in the middle of whatever it is in. */
    void cut();

    /** Says, where the wire can, that the request was not looked at; otherwise closes a kept connection. */
    void refuse();

    /** Waits until the client has given the exchange up. */
    void awaitCut();

    /** Responds to so many requests of any connections with {@code ok}; does the action after each. */
    void respondToAll(int count, Runnable after);
}
