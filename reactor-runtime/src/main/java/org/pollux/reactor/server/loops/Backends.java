package org.pollux.reactor.server.loops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.BackendStatus.State;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.admin.SwapStatus;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.runtime.recording.BackendSwap;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.MissingBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends that are there, and the one that is wanted. {@link Swap} moves the loops to it.
 *
 * <p>For the admin thread, but for {@link #status} and {@link #current}.
 */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another backend of the same name
public final class Backends {

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /** Stands for the highest ranked backend that works. */
    public static final String AUTO = "auto";

    private final Swap swap;
    private final SwapLog log = new SwapLog();
    private final GuestReactors reactors;

    /** By ranking, then by age. */
    private volatile List<Offer> offers = List.of();

    /** The backends that cannot work here, by name. */
    private final Map<String, MissingBackend> missing = new ConcurrentSkipListMap<>();

    /** A name or {@code auto}; not set yet. */
    private String wanted = "";

    /** Problems that were logged since the loops last moved. */
    private final Set<String> reported = new HashSet<>();

    private record Offer(Backend backend, int ranking) {

        /** Whether it may poll although nobody has named it. */
        boolean comesByItself() {
            return ranking >= 0;
        }
    }

    public Backends(LoopGroup loops, GuestReactors reactors) {
        this.swap = new Swap(loops, reactors);
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

    /** A backend is removed. Returns when every loop has left it. */
    public void withdraw(Backend backend) {
        offers = offers.stream().filter(offer -> offer.backend() != backend).toList();
        settle();
        reactors.leave(backend);
    }

    /** A backend's bundle is there, but what the backend needs is not. */
    public void reportMissing(MissingBackend backend) {
        missing.put(backend.name(), backend);
        LOG.warn("The backend {} cannot work: {}", backend.name(), backend.reason());
    }

    public void clearMissing(MissingBackend backend) {
        missing.remove(backend.name(), backend);
    }

    /** Changes which one is wanted: a name, or {@code auto}. */
    public void want(String name) {
        wanted = name;
        settle();
    }

    /** Moves to a backend now, and wants it from now on. */
    public SwapReport swap(String name) {
        List<Backend> candidates =
                name.equals(AUTO) ? ranked().toList() : named(name).stream().toList();
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(notThere(name));
        }
        try {
            SwapReport report = move(candidates.getFirst());
            wanted = name;
            return report;
        } catch (Swap.FailedException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Whether it may help to {@link #settle} again. */
    public boolean isUnsettled() {
        return current() == NoBackend.INSTANCE
                && (named(wanted).isPresent() || ranked().findAny().isPresent())
                && !wanted.isEmpty();
    }

    /** Moves to the best backend that works, unless it polls already, as soon as one is wanted. */
    public void settle() {
        if (wanted.isEmpty()) {
            return;
        }
        for (Backend candidate : candidates()) {
            if (candidate == current() || tryMove(candidate)) {
                return;
            }
        }
        if (current() != NoBackend.INSTANCE && !isOffered(current())) {
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
        return Stream.concat(first.stream(), ranked()).distinct().toList();
    }

    private Stream<Backend> ranked() {
        return offers.stream().filter(Offer::comesByItself).map(Offer::backend);
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
        return "The backend '" + name + "' is unknown. "
                + (others.isEmpty() ? "None is installed" : "Known: " + others);
    }

    /** Once, however often it is tried again. */
    private void report(String problem) {
        if (reported.add(problem)) {
            LOG.warn(problem);
        }
    }

    private boolean tryMove(Backend next) {
        try {
            LOG.info("{}", move(next));
            return true;
        } catch (Swap.FailedException e) {
            report(String.valueOf(e.getMessage()));
            LOG.debug("{}", e.getMessage(), e);
            return false;
        }
    }

    private SwapReport move(Backend next) throws Swap.FailedException {
        BackendSwap recorded = BackendSwap.begun(swap.current().name(), next.name());
        try {
            SwapReport report = swap.to(next, this::isOffered);
            reported.clear();
            recorded.done(
                    report.sources(), report.loops(), report.longestPause().toNanos());
            if (!report.from().equals(NoBackend.INSTANCE.name())) { // that is the start, or the end of a shortage
                log.done(report);
            }
            return report;
        } catch (Swap.FailedException e) {
            log.failed();
            recorded.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    // ---- from any thread

    public Backend current() {
        return swap.current();
    }

    public SwapStatus swaps() {
        return log.status();
    }

    public List<BackendStatus> status() {
        Backend polling = swap.current();
        Stream<BackendStatus> there = offers.stream()
                .map(Offer::backend)
                .map(backend -> new BackendStatus(
                        backend.name(), backend.description(), backend == polling ? State.POLLS : State.READY));
        Stream<BackendStatus> absent = missing.values().stream()
                .map(backend -> new BackendStatus(backend.name(), backend.reason(), State.MISSING));
        return Stream.concat(there, absent).toList();
    }
}
