package org.pollux.websocket;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.websocket}. */
@ObjectClassDefinition(
        name = "Pollux WebSocket",
        description = "WebSocket connections for handlers. A changed value holds for new connections")
@interface WebSocketConfiguration {

    @AttributeDefinition(
            name = "Longest message",
            description =
                    "Bytes of a message that is taken as a whole, not compressed. A longer one ends its connection with"
                            + " code 1009. A handler that takes messages in pieces has no such limit",
            min = "1",
            max = "1073741824")
    int maxMessage() default 1 << 20;

    @AttributeDefinition(
            name = "Connections",
            description = "The number of open connections. Further clients get 503",
            min = "0")
    int maxConnections() default 100_000;

    @AttributeDefinition(
            name = "Memory",
            description =
                    "Bytes of all messages that have come in part. A client that exceeds it is cut with code 1013",
            min = "0")
    long maxMemory() default 64 << 20;

    @AttributeDefinition(
            name = "Ping",
            description =
                    "Seconds of silence after which a client gets a ping. A client that stays silent for as long again is"
                            + " cut",
            min = "1")
    int ping() default 30;

    @AttributeDefinition(
            name = "Close timeout",
            description = "Seconds that a client may take to respond to a close. Then it is cut",
            min = "1")
    int closeTimeout() default 10;

    @AttributeDefinition(
            name = "Drain",
            description =
                    "Seconds for which a message that is under way goes on when its handler is removed or replaced",
            min = "0")
    int drain() default 5;

    @AttributeDefinition(
            name = "Origins",
            description =
                    "The origins of pages that may connect, beside pages of the same host: https://app.example.org;"
                            + " commas separate several, * stands for all")
    String[] origins() default {};

    @AttributeDefinition(
            name = "Compression",
            description = "Whether messages are compressed for clients that can (permessage-deflate)")
    boolean compression() default true;

    @AttributeDefinition(
            name = "Context takeover",
            description =
                    "Whether a compressed message may refer to earlier ones. It compresses small messages better, and"
                            + " needs up to 300 KiB for each connection")
    boolean contextTakeover() default false;

    @AttributeDefinition(
            name = "Shortest compressed message",
            description = "Bytes of a message. A shorter message is sent as it is",
            min = "0")
    int compressFrom() default 256;

    @AttributeDefinition(
            name = "Level",
            description = "The level of zlib, from 1 (fast) to 9 (small). It holds from the next start of the bundle",
            min = "1",
            max = "9")
    int compressionLevel() default 6;
}
