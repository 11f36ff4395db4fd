package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.BackendStatus.State;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.MissingBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends that are there, the one that is wanted, and the moves of all loops from one to another.
 *
 * <p>For the admin thread, but for {@link #status} and {@link #current}.
 */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another backend of the same name
public final class Backends {

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /** Stands for the highest ranked backend that works. */
    public static final String AUTO = "auto";

    private final LoopGroup loops;
    private final GuestReactors reactors;

    /** By ranking, then by age. */
    private volatile List<Offer> offers = List.of();

    /** What cannot work here, by name. */
    private final Map<String, MissingBackend> missing = new ConcurrentSkipListMap<>();

    private volatile Backend current = NoBackend.INSTANCE;

    /** A name or {@code auto}; nobody has said so yet. */
    private String wanted = "";

    /** Problems that were logged since the loops last moved. */
    private final Set<String> reported = new HashSet<>();

    private record Offer(Backend backend, int ranking) {}

    public Backends(LoopGroup loops, GuestReactors reactors) {
        this.loops = loops;
        this.reactors = reactors;
    }

    /** A backend has come, or its ranking has changed. */
    public void offer(Backend backend, int ranking) {
        List<Offer> changed = new ArrayList<>(offers);
        changed.removeIf(offer -> offer.backend() == backend);
        changed.add(new Offer(backend, ranking));
        changed.sort(Comparator.comparingInt(Offer::ranking).reversed());
        offers = List.copyOf(changed);
        settle();
    }

    /** A backend goes away. Returns when every loop has left it. */
    public void withdraw(Backend backend) {
        offers = offers.stream().filter(offer -> offer.backend() != backend).toList();
        settle();
        reactors.leave(backend);
    }

    /** A backend's bundle is there, but what the backend needs is not. */
    public void miss(MissingBackend backend) {
        missing.put(backend.name(), backend);
        LOG.warn("The backend {} cannot work: {}", backend.name(), backend.reason());
    }

    public void missNoMore(MissingBackend backend) {
        missing.remove(backend.name(), backend);
    }

    /** Changes which one is wanted: a name, or {@code auto}. */
    public void want(String name) {
        wanted = name;
        settle();
    }

    /** Moves to a backend now, and wants it from now on. */
    public SwapReport swap(String name) {
        List<Backend> candidates = name.equals(AUTO)
                ? offers.stream().map(Offer::backend).toList()
                : named(name).stream().toList();
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(notThere(name));
        }
        try {
            SwapReport report = move(candidates.getFirst());
            wanted = name;
            return report;
        } catch (SwapException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Whether it may help to {@link #settle} again. */
    public boolean isUnsettled() {
        return current == NoBackend.INSTANCE && !offers.isEmpty() && !wanted.isEmpty();
    }

    /** Moves to the best backend that works, unless it polls already, as soon as one is wanted. */
    public void settle() {
        if (wanted.isEmpty()) {
            return;
        }
        for (Backend candidate : candidates()) {
            if (candidate == current || tryMove(candidate)) {
                return;
            }
        }
        if (current != NoBackend.INSTANCE && !isOffered(current)) {
            tryMove(NoBackend.INSTANCE);
        }
    }

    /** The one that is wanted, then the others by rank. */
    private List<Backend> candidates() {
        Optional<Backend> first = wanted.equals(AUTO) ? Optional.empty() : named(wanted);
        // with none at all there is nothing to choose: the loops are parked, which is reported elsewhere or passes at
        // once
        if (first.isEmpty() && !wanted.equals(AUTO) && !offers.isEmpty()) {
            report(notThere(wanted) + ". It is wanted, and takes over when it comes");
        }
        return Stream.concat(first.stream(), offers.stream().map(Offer::backend))
                .distinct()
                .toList();
    }

    private Optional<Backend> named(String name) {
        return offers.stream()
                .map(Offer::backend)
                .filter(backend -> backend.name().equals(name))
                .findFirst();
    }

    private boolean isOffered(Backend backend) {
        return offers.stream().anyMatch(offer -> offer.backend() == backend);
    }

    private String notThere(String name) {
        MissingBackend why = missing.get(name);
        if (why != null) {
            return "The backend '" + name + "' cannot work: " + why.reason();
        }
        String others = offers.stream().map(offer -> offer.backend().name()).collect(Collectors.joining(", "));
        return "There is no backend '" + name + "': there is " + (others.isEmpty() ? "none at all" : others);
    }

    /** Once, however often it is tried again. */
    private void report(String problem) {
        if (reported.add(problem)) {
            LOG.warn(problem);
        }
    }

    // ---- the swap

    private boolean tryMove(Backend next) {
        try {
            LOG.info("{}", move(next));
            return true;
        } catch (SwapException e) {
            report(String.valueOf(e.getMessage()));
            LOG.debug("{}", e.getMessage(), e);
            return false;
        }
    }

    /** The move of all loops failed, and they are back. */
    private static final class SwapException extends Exception {
        SwapException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** All loops are prepared before the first one changes over, for until then nothing has to be taken back. */
    private SwapReport move(Backend next) throws SwapException {
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
            exchange(prepared, before, late);
        } catch (IOException | RejectedExecutionException e) {
            String still = current == NoBackend.INSTANCE ? "the loops are parked" : current.name() + " still polls";
            throw new SwapException(next.name() + " cannot take over, and " + still + ": " + e.getMessage(), e);
        } finally {
            end(moves);
        }
        current = next;
        reported.clear();
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

    private void exchange(List<Move> moves, Backend before, List<LoopThread> late) throws IOException {
        try {
            awaitAll(moves, Move::exchange, late);
        } catch (IOException e) {
            current = isOffered(before) ? before : NoBackend.INSTANCE;
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
        List<CompletableFuture<Void>> answers = moves.stream().map(step).toList();
        List<Move> done = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            try {
                loops.await(answers.get(i), move.thread());
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

    /** Also for the loops that have not answered: they go back right after they have changed over. */
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

    // ---- from any thread

    public Backend current() {
        return current;
    }

    public List<BackendStatus> status() {
        Backend polling = current;
        Stream<BackendStatus> there = offers.stream()
                .map(Offer::backend)
                .map(backend -> new BackendStatus(
                        backend.name(), backend.description(), backend == polling ? State.POLLS : State.READY));
        Stream<BackendStatus> absent = missing.values().stream()
                .map(backend -> new BackendStatus(backend.name(), backend.reason(), State.MISSING));
        return Stream.concat(there, absent).toList();
    }
}
