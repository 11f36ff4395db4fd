package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.spi.Backend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The move of all loops from one backend to another, without a connection noticing. All loops are prepared before the first
 * one exchanges its poller, because until then nothing has to be taken back. A loop that is held up follows later.
 *
 * <pre>
 *   a {@link Move} for each loop ──prepare──▶ all sources are with both pollers ──exchange──▶ the old pollers are closed
 *                                  │                                        │
 *                                  └── one fails: the new pollers are closed └── one fails: all loops go back
 * </pre>
 *
 * <p>For the admin thread, but for {@link #current}.
 */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another backend of the same name
final class Swap {

    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);

    private final LoopGroup loops;
    private final GuestReactors reactors;
    private volatile Backend current = NoBackend.INSTANCE;

    Swap(LoopGroup loops, GuestReactors reactors) {
        this.loops = loops;
        this.reactors = reactors;
    }

    /** A swap failed, and all loops are with the backend before. */
    static final class FailedException extends Exception {

        private static final long serialVersionUID = 1;

        FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The backend that polls; from any thread. */
    Backend current() {
        return current;
    }

    /**
     * Moves all loops.
     *
     * @param isOffered whether a backend is still there to go back to
     * @throws FailedException when one cannot move
     */
    SwapReport to(Backend next, Predicate<Backend> isOffered) throws FailedException {
        Backend before = current;
        List<LoopThread> late = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        List<Move> prepared = List.of();
        try {
            for (LoopThread thread : loops.threads()) {
                if (thread.watch().isHeldUp()) {
                    late.add(thread);
                } else {
                    moves.add(new Move(thread, next));
                }
            }
            prepared = awaitAll(moves, Move::prepare, late);
            if (prepared.isEmpty()) {
                throw new IOException("every loop is held up");
            }
            exchange(prepared, before, late, isOffered);
        } catch (IOException | RejectedExecutionException e) {
            String still = current == NoBackend.INSTANCE ? "the loops are parked" : current.name() + " still polls";
            throw new FailedException(next.name() + " cannot take over, and " + still + ": " + e.getMessage(), e);
        } finally {
            end(moves);
        }
        current = next;
        reactors.follow(next);
        late.forEach(this::followLater);
        return report(before, next, prepared, late);
    }

    /** A loop that is held up moves when it has returned, to the backend that polls then. */
    private void followLater(LoopThread thread) {
        thread.loop.post(() -> {
            Backend polls = current;
            if (thread.loop.backend() != polls) {
                moveTo(thread.loop, polls);
                LOG.info("{} has followed to {}", thread.getName(), polls.name());
            }
        });
    }

    private void exchange(List<Move> moves, Backend before, List<LoopThread> late, Predicate<Backend> isOffered)
            throws IOException {
        try {
            awaitAll(moves, Move::exchange, late);
        } catch (IOException e) {
            current = isOffered.test(before) ? before : NoBackend.INSTANCE;
            goBack(current);
            throw e;
        }
    }

    /**
     * Makes a step with all loops.
     *
     * @param late gets those that were held up meanwhile
     * @return the moves that have made it
     * @throws IOException when the step failed for one
     */
    private List<Move> awaitAll(List<Move> moves, Function<Move, CompletableFuture<Void>> step, List<LoopThread> late)
            throws IOException {
        List<CompletableFuture<Void>> results = moves.stream().map(step).toList();
        List<Move> done = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            try {
                loops.await(results.get(i), move.thread());
                done.add(move);
            } catch (TimeoutException e) {
                if (!move.thread().watch().isHeldUp()) {
                    throw new IOException(e.getMessage(), e);
                }
                late.add(move.thread());
            } catch (ExecutionException e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                throw new IOException(reason.getMessage(), e);
            }
        }
        return done;
    }

    /** A loop that is held up closes the poller that it does not use when it has returned. */
    private void end(List<Move> moves) {
        try {
            awaitAll(moves, Move::end, new ArrayList<>());
        } catch (IOException e) {
            LOG.error("A poller that is not in use is still with its loop", e);
        }
    }

    private static SwapReport report(Backend before, Backend next, List<Move> moves, List<LoopThread> late) {
        int sources = 0;
        Duration longest = Duration.ZERO;
        for (Move move : moves) {
            sources += move.sources();
            longest = move.longestPause().compareTo(longest) > 0 ? move.longestPause() : longest;
        }
        List<String> follow = late.stream().map(Thread::getName).distinct().toList();
        return new SwapReport(before.name(), next.name(), sources, moves.size(), longest, follow);
    }

    /** Also for the loops that have not responded: they go back right after they have changed over. */
    private void goBack(Backend before) {
        List<LoopThread> threads = loops.threads();
        List<CompletableFuture<Void>> returns = threads.stream()
                .map(thread -> LoopGroup.run(thread.loop, () -> {
                    if (thread.loop.backend() != before) {
                        moveTo(thread.loop, before);
                    }
                }))
                .toList();
        for (int i = 0; i < returns.size(); i++) {
            try {
                loops.await(returns.get(i), threads.get(i));
            } catch (ExecutionException | TimeoutException e) {
                LOG.error("A loop is not back on {}", before.name(), e);
            }
        }
    }

    private static void moveTo(Loop loop, Backend next) {
        try {
            loop.moveTo(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
