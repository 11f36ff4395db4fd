package org.pollux.reactor.server.endpoints;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.pollux.reactor.server.loops.LoopGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a service's connections.
 *
 * <pre>
 *   told to shut down ──(the deadline)──▶ closed ──(2 s)──▶ aborted
 *          └────────────────┴── all gone ───┴─────────────────▶ done
 * </pre>
 *
 * <p>The log names those that are cut off. Closing sends what waits, and gives the peer time to end as well; a peer that does not end is aborted.
 */
final class Drain {

    static final Duration ABORT_AFTER = Duration.ofSeconds(2);

    /** How many connections the log names. */
    private static final int NAMED = 20;

    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private enum Step {
        TOLD,
        CLOSED,
        ABORTED,
        DONE
    }

    private final String name;
    private final List<ConnectionTally> groups;
    private final LoopGroup loops;
    private CompletableFuture<Void> told;
    private long deadline;
    private Step step = Step.TOLD;

    /**
     * Begins to drain.
     *
     * @param name of the service, for people
     * @param told completes when no connection is added any more, and all were told
     */
    Drain(String name, List<ConnectionTally> groups, Duration patience, CompletableFuture<Void> told, LoopGroup loops) {
        this.name = name;
        this.groups = groups;
        this.loops = loops;
        this.deadline = System.nanoTime() + patience.toNanos();
        this.told = told;
    }

    /** Shortens the time that is left. */
    void hurry(Duration patience) {
        long sooner = System.nanoTime() + patience.toNanos();
        if (step == Step.TOLD && sooner - deadline < 0) {
            deadline = sooner;
        }
    }

    int open() {
        return groups.stream().mapToInt(ConnectionTally::open).sum();
    }

    boolean isDone() {
        return step == Step.DONE;
    }

    /** Goes on, when it is time. */
    void advance() {
        if (told.isDone() && open() == 0) {
            step = Step.DONE;
        }
        if (System.nanoTime() - deadline < 0) {
            return;
        }
        switch (step) {
            case TOLD -> {
                LOG.warn("{} connections of {} did not end in time and are closed:{}", open(), name, named());
                next(Step.CLOSED, Drain::close, ABORT_AFTER);
            }
            case CLOSED -> {
                LOG.warn("{} connections of {} did not close and are aborted:{}", open(), name, named());
                next(Step.ABORTED, StreamConnection::abort, GIVE_UP_AFTER);
            }
            case ABORTED -> {
                LOG.warn("{} connections of {} are held up by their loop and left to it:{}", open(), name, named());
                step = Step.DONE;
            }
            case DONE -> {}
        }
    }

    /** One that still waited for the next version of its protocol was not told. */
    private static void close(StreamConnection connection) {
        connection.shutdown();
        connection.close();
    }

    /** Those that are lost, a line each. */
    private String named() {
        List<String> names = loops.names(groups, NAMED);
        int others = open() - names.size();
        String list = names.stream().map("\n  "::concat).collect(joining());
        return others > 0 ? list + "\n  and " + others + " more" : list;
    }

    private void next(Step reached, Consumer<StreamConnection> action, Duration patience) {
        step = reached;
        deadline = System.nanoTime() + patience.toNanos();
        told = loops.forEachConnection(groups, action);
    }
}
