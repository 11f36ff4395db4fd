package org.pollux.http.server;

import java.time.Duration;
import org.pollux.http.server.routing.RouteRegistry;

/** A server whose loop is the test's own thread: on hand-made connections, or on sockets. */
public interface TestedServer {

    /** Where the tests put their handlers, filters and pages. */
    RouteRegistry routes();

    /** A client's end of a new connection. */
    ClientEnd dial();

    /** Turns the loop until no work is left for the present time. */
    void settle();

    /** Brings a task to the loop, from any thread. */
    void execute(Runnable task);

    /** Time passes, for clocks and timers. */
    void pass(Duration time);
}
