package org.pollux.reactor.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The running server, as a service. From any thread. */
@ProviderType
public interface Server {

    /** The present status. Counters are read while the loops run, so they may not agree exactly. */
    ServerStatus status();

    /**
     * Moves every loop to another backend and returns when all have moved. No connection is touched.
     *
     * @param backend its name
     * @throws IllegalArgumentException when there is no such backend; the message names the available ones
     * @throws IllegalStateException when it cannot take over, with the reason; the old backend then still polls
     */
    SwapReport swap(String backend);

    /**
     * Gives a loop that is held up another thread. The present thread is interrupted first. If its callback still does
     * not return, all of the loop's connections, listeners, timers and tasks continue with the new thread; the
     * connection whose callback does not return is given up.
     *
     * @param loop its number, or {@code "admin"}
     * @throws IllegalArgumentException when there is no such loop; the message names the existing ones
     * @throws IllegalStateException when the loop is not held up
     */
    LoopReplacement replaceLoop(String loop);

    /**
     * Lists connections. Each loop is asked in small pieces, so that its clients do not wait for the list.
     *
     * @param most how many are listed at most; all are counted
     * @throws IllegalStateException on the thread of a loop, which must not wait for the others
     */
    ConnectionList connections(int most);

    /**
     * Closes a connection as its handler would: what waits to be sent is still sent. The handler hears of the end.
     *
     * @param id its number
     * @return the connection, as it was
     * @throws IllegalArgumentException when there is none of that number
     * @throws IllegalStateException when it was not found and a loop did not respond; and on the thread of a loop
     */
    ConnectionStatus closeConnection(long id);

    /** The paths of all protocols that have some, in the order of the protocols. */
    List<ServedPath> servedPaths();
}
