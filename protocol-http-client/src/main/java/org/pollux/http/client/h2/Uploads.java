package org.pollux.http.client.h2;

import java.util.ArrayDeque;
import java.util.Deque;

/** The streams of a connection whose requests have bodies: they take turns, a frame each. */
final class Uploads {

    private final FrameOutput output;

    /** Streams that have octets which their windows allow. */
    private final Deque<Http2Stream> turns = new ArrayDeque<>();

    Uploads(FrameOutput output) {
        this.output = output;
    }

    /** The stream may have something to send. */
    void offer(Http2Stream stream) {
        if (stream.canUpload() && !turns.contains(stream)) {
            turns.addLast(stream);
        }
    }

    /** Sends as much as the server and the system take. */
    void run() {
        while (!turns.isEmpty() && output.room() > 0) {
            Http2Stream stream = turns.removeFirst();
            if (stream.canUpload()) {
                stream.upload(output.room());
                offer(stream);
            }
        }
    }
}
