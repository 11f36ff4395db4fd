package org.pollux.reactor.server.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.runtime}. */
@ObjectClassDefinition(
        name = "Pollux runtime",
        description = "The event loops, the backend that polls for them, and their limits")
@interface RuntimeConfiguration {

    @AttributeDefinition(
            name = "Backend",
            description =
                    "Which one polls: nio, libevent ..., or auto for the highest ranked one that works. While it is not"
                            + " there, another takes its place")
    String backend() default "auto";

    @AttributeDefinition(
            name = "Event loops",
            description =
                    "How many threads serve connections; 0 is one for each core. Changed when the server is restarted",
            min = "0")
    int loops() default 0;

    @AttributeDefinition(
            name = "Drain time",
            description = "Seconds that connections have to end when their protocol or the server goes away",
            min = "0")
    int drain() default 10;

    @AttributeDefinition(
            name = "Hand-over time",
            description =
                    "Seconds that an endpoint stays bound for a protocol whose bundle is being updated or refreshed, or"
                            + " waits for what it needs; its clients wait in the backlog. The endpoint of a bundle that is"
                            + " stopped or uninstalled is closed after a second",
            min = "0")
    int handOver() default 60;

    @AttributeDefinition(
            name = "Start timeout",
            description =
                    "Seconds that endpoints stay closed at start until bundles/, conf/ and deploy/ have settled. After it"
                            + " they are opened in any case, and the log says what has not settled",
            min = "0")
    int startTimeout() default 10;

    @AttributeDefinition(
            name = "Most connections",
            description =
                    "How many accepted connections may be open; beyond that, new ones wait in the kernel. 0 is as many"
                            + " as the system has descriptors for",
            min = "0")
    int maxConnections() default 0;

    @AttributeDefinition(
            name = "Memory of connections",
            description =
                    "What all connections may hold together: a size such as 256MB, or a part of what the heap and direct"
                            + " memory allow, such as 50%. Beyond it the slowest and largest are shed, and new ones wait")
    String memory() default "50%";

    @AttributeDefinition(
            name = "Send buffer",
            description =
                    "What the kernel takes of a TCP connection ahead of its peer, 16KB to 16MB; 0 is the system's own"
                            + " limit, 4 MB on Linux. Holds for connections that are made from then on")
    String sendBuffer() default "128KB";

    @AttributeDefinition(
            name = "Held up after",
            description =
                    "Milliseconds that a callback may last. Then its loop counts as held up, which is logged and shown by"
                            + " status",
            min = "1")
    int heldUpAfter() default 1000;
}
