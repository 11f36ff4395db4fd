package org.pollux.reactor.server.loops;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.pollux.reactor.runtime.loop.Loop;

/**
 * Chooses the loop for the next connection or endpoint, and the one that replaces a busy loop for a while.
 *
 * <p>A connection is placed on the loop that has the fewest, and stays there. Turns in order would be cheaper by a glance
 * at each loop, but connections live for different times, so the loops would drift apart.
 *
 * <p>From any thread.
 */
public final class Placement {

    /** Those that serve, then the one for administration. */
    private final Supplier<List<LoopThread>> threads;

    private final AtomicInteger next = new AtomicInteger();

    /** The bound sockets. */
    private final List<Residence> bound = new CopyOnWriteArrayList<>();

    Placement(Supplier<List<LoopThread>> threads) {
        this.threads = threads;
    }

    /**
     * The loop of the next listener or UDP port: each gets one in turn, but none that is busy.
     *
     * @param admin whether it is for administration, which has a loop of its own
     */
    public Loop forEndpoint(boolean admin) {
        List<LoopThread> all = threads.get();
        if (admin) {
            return all.getLast().loop;
        }
        List<LoopThread> serving = serving(all);
        for (int i = 0; i < serving.size(); i++) {
            LoopThread thread = inTurn(serving);
            if (!thread.watch().isBusy()) {
                return thread.loop;
            }
        }
        return inTurn(serving).loop;
    }

    private LoopThread inTurn(List<LoopThread> serving) {
        return serving.get(Math.floorMod(next.getAndIncrement(), serving.size()));
    }

    /** A loop that can replace a busy one for a while; empty when there is none. */
    Optional<Loop> standIn(Loop busy) {
        List<LoopThread> all = threads.get();
        return busy == all.getLast().loop
                ? Optional.empty()
                : serving(all).stream()
                        .filter(thread -> thread.loop != busy && !thread.watch().isBusy())
                        .map(thread -> thread.loop)
                        .findFirst();
    }

    /** Another loop takes over for this one while it is busy. */
    public void remember(Residence opened) {
        bound.add(opened);
    }

    public void forget(Residence closed) {
        bound.remove(closed);
    }

    /** A loop is busy, or has returned, or another one that could stand in has: on the watch's thread. */
    public void busyChanged(LoopThread changed) {
        boolean busy = changed.watch().isBusy();
        for (Residence socket : bound) {
            if (socket.home() == changed.loop) {
                socket.standIn(busy ? standIn(socket.home()) : Optional.empty());
            } else if (isBusy(socket.home())) { // which may have lost, or found, one that stands in
                socket.standIn(standIn(socket.home()));
            }
        }
    }

    private boolean isBusy(Loop loop) {
        return threads.get().stream()
                .anyMatch(thread -> thread.loop == loop && thread.watch().isBusy());
    }

    /**
     * The thread with the fewest connections of those that are not busy, among equals the one that asks, for nothing
     * need be handed over then. Connections of the loop for administration stay there.
     */
    public LoopThread forConnection(Loop asking) {
        List<LoopThread> all = threads.get();
        LoopThread admin = all.getLast();
        if (admin.loop == asking) {
            return admin;
        }
        LoopThread best = all.getFirst();
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < all.size() - 1; i++) {
            LoopThread thread = all.get(i);
            int connections = thread.watch().isBusy() ? Integer.MAX_VALUE - 1 : thread.connections();
            if (connections < fewest || (connections == fewest && thread.loop == asking)) {
                best = thread;
                fewest = connections;
            }
        }
        return best;
    }

    private static List<LoopThread> serving(List<LoopThread> all) {
        return all.subList(0, all.size() - 1);
    }
}
