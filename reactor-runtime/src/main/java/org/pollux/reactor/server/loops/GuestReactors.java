package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.ReactorFactory;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.spi.Backend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reactors that other bundles have opened and run themselves. Each follows the server from backend to backend in its own
 * task. A running reactor moves at once. A reactor that no thread runs moves at the beginning of its next run, because only
 * its owner knows that no other thread is inside it.
 */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another backend of the same name
public final class GuestReactors implements ReactorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(GuestReactors.class);

    /** Weak, so that a reactor which was closed is forgotten without a word. */
    private final Set<Loop> loops = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final MemoryBudget memory;
    private volatile Backend current = NoBackend.INSTANCE;

    public GuestReactors(MemoryBudget memory) {
        this.memory = memory;
    }

    @Override
    public Reactor open() throws IOException {
        Backend polling = current;
        Loop loop = LoopReactor.guest(polling, memory);
        loops.add(loop);
        if (current != polling) {
            follow(loop);
        }
        return loop.reactor();
    }

    /** Whether the caller runs one of them. */
    public boolean isLoop() {
        return all().stream().anyMatch(Loop::inLoop);
    }

    void follow(Backend next) {
        current = next;
        all().forEach(this::follow);
    }

    /** The task asks for the backend when it runs: a later one may have come by then. */
    private void follow(Loop loop) {
        loop.post(() -> {
            Backend next = current;
            if (loop.backend() != next) {
                try {
                    loop.moveTo(next);
                } catch (IOException | RuntimeException e) {
                    LOG.warn(
                            "A reactor stays on {}, for {} cannot take it over",
                            loop.backend().name(),
                            next.name(),
                            e);
                }
            }
        });
    }

    /** Returns when no running reactor uses a backend that is removed. A reactor that cannot follow is parked. */
    void leave(Backend gone) {
        List<Loop> staying =
                all().stream().filter(loop -> loop.backend() == gone).toList();
        long deadline = System.nanoTime() + LoopGroup.PATIENCE.toNanos();
        for (Loop loop : staying) {
            CompletableFuture<Void> left = LoopGroup.run(loop, () -> {
                if (loop.backend() == gone) {
                    park(loop);
                }
            });
            while (loop.isRunning() && !left.isDone() && System.nanoTime() - deadline < 0) {
                await(left);
            }
            if (loop.isRunning() && !left.isDone()) {
                LOG.error("A reactor's handler does not return, so it is still with {}", gone.name());
            }
        }
    }

    private static void park(Loop loop) {
        try {
            loop.moveTo(NoBackend.INSTANCE);
        } catch (IOException e) {
            throw new UncheckedIOException("Parking does not fail", e);
        }
    }

    /** Waits a little, because the reactor may stop running meanwhile. */
    private static void await(CompletableFuture<Void> left) {
        try {
            left.get(20, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // looked at again by the caller
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes those that are left; one whose handler does not return closes when it does. */
    public void close(Duration patience) {
        for (Loop loop : all()) {
            Thread closer = Thread.startVirtualThread(loop::close);
            try {
                if (!closer.join(patience)) {
                    LOG.error("A reactor's handler does not return, so it cannot be closed");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Loop> all() {
        synchronized (loops) {
            return new ArrayList<>(loops);
        }
    }
}
