package org.pollux.websocket;

import java.time.Duration;
import java.util.Set;

/**
 * What the server keeps to.
 *
 * @param maxMessage bytes of a message that is taken as a whole
 * @param maxConnections open at the same time
 * @param maxMemory bytes of all messages that have come in part
 * @param ping the time without a sign of life after which a client gets a ping, and after which it is cut
 * @param closeTimeout how long a client may take for its close
 * @param drain how long a message that is under way may go on when its handler is removed
 * @param origins that may connect beside the server's own; {@code *} for all
 * @param compression whether messages may be compressed
 * @param takeover whether a message may refer to earlier ones, which keeps memory for each connection
 * @param compressFrom bytes from which on a message is compressed
 */
record WebSocketSettings(
        int maxMessage,
        int maxConnections,
        long maxMemory,
        Duration ping,
        Duration closeTimeout,
        Duration drain,
        Set<String> origins,
        boolean compression,
        boolean takeover,
        int compressFrom) {

    static WebSocketSettings defaults() {
        return new WebSocketSettings(
                1 << 20,
                100_000,
                64 << 20,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Set.of(),
                true,
                false,
                256);
    }
}
