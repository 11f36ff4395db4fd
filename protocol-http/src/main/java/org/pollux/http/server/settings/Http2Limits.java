package org.pollux.http.server.settings;

/**
 * The limits of a connection that speaks HTTP/2, in addition to those that hold for every request. A client that goes beyond
 * one of the first three gets REFUSED_STREAM or waits; for all others its connection ends with ENHANCE_YOUR_CALM.
 *
 * @param streams requests under way at a time; one counts until its handler has stopped, even if its client has given it up
 * @param window bytes of a request's body that a client may send before they are read
 * @param connectionWindow the same for all requests of a connection together
 * @param table bytes of the table of field lines that the client has sent (HPACK), and of the one for responses
 * @param continuations frames in which a head may continue
 * @param resets requests in a row that a client may give up, or lose by its own faults
 * @param resetRate how many of them a client gets back in a second
 * @param overhead frames in a row that bring neither a request nor a body: settings, pings, priorities, empty frames
 * @param overheadRate how many of them a client gets back in a second
 * @param controlFrames responses to such frames that may wait for a client that does not read
 */
public record Http2Limits(
        int streams,
        int window,
        int connectionWindow,
        int table,
        int continuations,
        int resets,
        int resetRate,
        int overhead,
        int overheadRate,
        int controlFrames) {

    private static final int MOST_WINDOW = Integer.MAX_VALUE;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and its valid range
     */
    public Http2Limits {
        Bounds.requireBetween("http2Streams", streams, 1, 10_000);
        Bounds.requireBetween("http2Window", window, 1024, MOST_WINDOW);
        Bounds.requireBetween("http2ConnectionWindow", connectionWindow, 65_535, MOST_WINDOW);
        Bounds.requireBetween("http2Table", table, 0, 65_536);
        Bounds.requireBetween("http2Continuations", continuations, 0, 1000);
        Bounds.requireBetween("http2Resets", resets, 1, Integer.MAX_VALUE);
        Bounds.requireBetween("http2ResetRate", resetRate, 1, Integer.MAX_VALUE);
        Bounds.requireBetween("http2Overhead", overhead, 1, Integer.MAX_VALUE);
        Bounds.requireBetween("http2OverheadRate", overheadRate, 1, Integer.MAX_VALUE);
        Bounds.requireBetween("http2ControlFrames", controlFrames, 1, Integer.MAX_VALUE);
    }

    /** 100 requests, 64 KiB and 1 MiB of bodies, a table of 4 KiB, 8 frames, 100 resets, 1,000 frames, 256 responses. */
    public static Http2Limits defaults() {
        return new Http2Limits(100, 64 * 1024, 1024 * 1024, 4096, 8, 100, 33, 1000, 100, 256);
    }
}
