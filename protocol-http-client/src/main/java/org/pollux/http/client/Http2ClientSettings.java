package org.pollux.http.client;

import java.time.Duration;

/**
 * The limits of a client's connections that speak HTTP/2: {@link #defaults}, and the methods that return changed copies.
 *
 * <p>Later versions may add limits. The constructors of earlier versions stay; read limits through their methods, not with a
 * record pattern.
 *
 * @param connections maximum at a time for one host and port. A second one is opened only when all streams of the first are in
 *     use; otherwise requests wait
 * @param streams maximum requests at a time on a connection, even if the server allows more
 * @param window bytes of a response's body that the server may send before they are presented, 65535 or more: what a paused
 *     exchange keeps in memory at most
 * @param ping silence of the server after which it is asked whether it is still there, and the time in which it must respond; zero
 *     asks never
 */
public record Http2ClientSettings(int connections, int streams, int window, Duration ping) {

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException naming the value and the allowed range
     */
    public Http2ClientSettings {
        ClientSettings.requireBetween("http2.connections", connections, 1, Integer.MAX_VALUE);
        ClientSettings.requireBetween("http2.streams", streams, 1, Integer.MAX_VALUE);
        ClientSettings.requireBetween("http2.window", window, 65_535, Integer.MAX_VALUE);
        ClientSettings.requireNotNegative("http2.ping", ping);
    }

    /** One connection with 100 requests at a time; 256 KiB; a question after 15 s of silence. */
    public static Http2ClientSettings defaults() {
        return new Http2ClientSettings(1, 100, 256 * 1024, Duration.ofSeconds(15));
    }

    /** Returns a copy with other limits of connections for one host, and of requests on each. */
    public Http2ClientSettings streams(int most, int onEach) {
        return new Http2ClientSettings(most, onEach, window, ping);
    }

    /** Returns a copy with another window. */
    public Http2ClientSettings window(int bytes) {
        return new Http2ClientSettings(connections, streams, bytes, ping);
    }

    /** Returns a copy that asks a silent server after another time. */
    public Http2ClientSettings ping(Duration silence) {
        return new Http2ClientSettings(connections, streams, window, silence);
    }
}
