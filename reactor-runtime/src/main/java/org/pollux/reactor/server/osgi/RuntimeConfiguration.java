package org.pollux.reactor.server.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.runtime}. */
@ObjectClassDefinition(name = "Pollux runtime", description = "The event loops, their backend, and their limits")
@interface RuntimeConfiguration {

    @AttributeDefinition(
            name = "Backend",
            description = "The backend that polls: nio, libevent, uring ..., or auto for the working backend with the "
                    + "highest ranking. If it is unavailable, another backend is used")
    String backend() default "auto";

    @AttributeDefinition(
            name = "Event loops",
            description = "How many event loops serve connections; 0 is one for each core. A change takes effect "
                    + "when the server is restarted",
            min = "0")
    int loops() default 0;

    @AttributeDefinition(
            name = "Drain time",
            description = "Seconds that connections have to end when their protocol or the server stops",
            min = "0")
    int drain() default 10;

    @AttributeDefinition(
            name = "Stop delay",
            description =
                    "Seconds from the request to stop the server to the end of its endpoints. Meanwhile it serves, and "
                            + "/health/ready is 503, so that a load balancer sends no more requests: set a little more "
                            + "than the load balancer needs to notice",
            min = "0")
    int stopDelay() default 0;

    @AttributeDefinition(
            name = "Stop timeout",
            description =
                    "Seconds that the bundles have to stop when the server stops, beyond the stop delay and the drain "
                            + "time. Then the process ends in any case",
            min = "0")
    int stopTimeout() default 20;

    @AttributeDefinition(
            name = "Hand-over time",
            description = "Seconds that an endpoint stays bound for a protocol whose bundle is being updated or "
                    + "refreshed, or waits for a dependency. Its clients wait in the backlog. The endpoint of a "
                    + "stopped or uninstalled bundle is closed after a second",
            min = "0")
    int handOver() default 60;

    @AttributeDefinition(
            name = "Start timeout",
            description = "Seconds that endpoints may stay closed at start until bundles/, conf/ and deploy/ have "
                    + "settled. Then they are opened in any case, and the log says what has not settled",
            min = "0")
    int startTimeout() default 10;

    @AttributeDefinition(
            name = "Most connections",
            description = "How many accepted connections may be open. Beyond that, new connections wait in the "
                    + "kernel. 0 is as many as there are descriptors for",
            min = "0")
    int maxConnections() default 0;

    @AttributeDefinition(
            name = "Connections per address",
            description = "How many of these one client address may have open, over all endpoints. A further one is "
                    + "reset. 0 means no limit. -1 is 2000, but no limit for loopback addresses. Any other "
                    + "number also applies to these. Behind a proxy on another machine, all clients have its address",
            min = "-1")
    int connectionsPerAddress() default -1;

    @AttributeDefinition(
            name = "Memory of connections",
            description = "The memory that all connections may use together: a size such as 256MB, or a part of the "
                    + "heap and direct memory such as 50%. Beyond it the slowest and largest connections are "
                    + "shed, and new connections wait")
    String memory() default "50%";

    @AttributeDefinition(
            name = "Send buffer",
            description = "The data of a TCP connection that the kernel holds for its peer, 16KB to 16MB. 0 is the "
                    + "system's own limit, 4 MB on Linux. A change applies to new connections")
    String sendBuffer() default "128KB";

    @AttributeDefinition(
            name = "Held up after",
            description = "Milliseconds that a callback may last. Then its loop counts as held up, which status and "
                    + "the log report",
            min = "1")
    int heldUpAfter() default 1000;
}
