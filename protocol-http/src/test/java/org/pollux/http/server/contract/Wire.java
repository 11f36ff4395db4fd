package org.pollux.http.server.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.reactor.testkit.Await;

/**
 * A server on the wire under test, whose loop is the test's own thread: nothing happens there but in these methods and in those
 * of a {@link Client}.
 */
public interface Wire {

    /** Where the tests put their handlers, filters and pages. */
    RouteRegistry routes();

    /** A client on a connection of its own. */
    Client connect();

    /** Runs the tasks that wait for the loop, and those that they bring. */
    void turn();

    /** Brings a task to the loop, from any thread. */
    void execute(Runnable task);

    /** Time passes, for clocks and timers. */
    void pass(Duration time);

    /** Turns the loop until something is so, which another thread brings about. */
    default void until(BooleanSupplier condition) {
        turn();
        Await.until("what another thread brings about", condition, () -> {
            LockSupport.parkNanos(100_000);
            turn();
        });
    }

    /** Whether a client can wait with its body until it is asked for (RFC 9110, section 10.1.1). */
    boolean canAskForBodies();

    /** Whether requests of one connection are under way at the same time, so that one can end alone. */
    boolean isMultiplexed();

    /** The status with which a client sees that its upgrade was accepted. */
    default int upgraded() {
        return 101;
    }

    /** Whether fields behind a body reach the client. */
    default boolean hasTrailers() {
        return true;
    }
}
