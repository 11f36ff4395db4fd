package org.pollux.reactor.server.loops;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.admin.ConnectionList;
import org.pollux.reactor.admin.ConnectionStatus;
import org.pollux.reactor.runtime.net.StreamConnection;

/**
 * The connections of all loops, for an operator. A list is made on the loops, a small piece in each turn, so that the clients of
 * 10,000 connections do not wait for it. From any thread that is not a loop's.
 */
public final class ConnectionReport {

    private final LoopGroup loops;

    private record ConnectionNow(
            long id,
            State state,
            String loop,
            SocketAddress local,
            SocketAddress remote,
            String owner,
            Duration age,
            Duration idle,
            long bytesRead,
            long bytesWritten,
            long held)
            implements ConnectionStatus {}

    /** What a walk has found so far, by number, because it may see a connection twice. For the loop's thread until the walk is done. */
    private record OfLoop(LoopThread thread, Map<Long, ConnectionStatus> found, CompletableFuture<Void> walk) {}

    public ConnectionReport(LoopGroup loops) {
        this.loops = loops;
    }

    /**
     * Lists connections of all loops.
     *
     * @param most how many at most
     */
    public ConnectionList list(int most) {
        List<LoopThread> asked = loops.threads();
        List<OfLoop> all = asked.stream().map(thread -> look(thread, most)).toList();
        List<ConnectionStatus> listed = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (OfLoop each : all) {
            await(each.thread(), each.walk())
                    .ifPresentOrElse(
                            silent::add, () -> listed.addAll(each.found().values()));
        }
        listed.sort(Comparator.comparingLong(ConnectionStatus::id));
        int open = asked.stream()
                .mapToInt(thread -> thread.loop.counters().connections())
                .sum();
        return new ConnectionList(listed.subList(0, Math.min(most, listed.size())), open, silent);
    }

    private static OfLoop look(LoopThread thread, int most) {
        Map<Long, ConnectionStatus> found = new HashMap<>();
        CompletableFuture<Void> walk = walk(thread, connection -> {
            found.put(connection.id(), status(thread, connection));
            return found.size() < most;
        });
        return new OfLoop(thread, found, walk);
    }

    /** Closes the connection of that number; {@link org.pollux.reactor.admin.Server#closeConnection} has the failures. */
    public ConnectionStatus close(long id) {
        AtomicReference<@Nullable ConnectionStatus> closed = new AtomicReference<>();
        List<String> silent = new ArrayList<>();
        for (LoopThread thread : loops.threads()) {
            CompletableFuture<Void> walk = walk(thread, connection -> {
                if (connection.id() != id) {
                    return true;
                }
                closed.set(status(thread, connection));
                connection.close();
                return false;
            });
            await(thread, walk).ifPresent(silent::add);
            ConnectionStatus found = closed.get();
            if (found != null) {
                return found;
            }
        }
        if (!silent.isEmpty()) {
            throw new IllegalStateException("connection " + id + " was not found, but not every loop has responded: "
                    + String.join("; ", silent) + ". 'pollux loops replace N' helps a loop that is held up");
        }
        throw new IllegalArgumentException("connection " + id
                + " is unknown: it has ended, or it never existed; 'pollux connections' lists the numbers");
    }

    /** Begins to look at all connections of a loop, until told that it is enough. */
    private static CompletableFuture<Void> walk(LoopThread thread, Predicate<StreamConnection> goesOn) {
        ConnectionWalk walk = new ConnectionWalk(thread.loop, goesOn);
        walk.begin();
        return walk.done();
    }

    /** Why a loop has not responded; empty when it has. */
    private Optional<String> await(LoopThread thread, CompletableFuture<Void> walk) {
        try {
            loops.await(walk, thread);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("The connections of " + thread.getName() + " cannot be looked at", e);
        }
    }

    private static ConnectionStatus status(LoopThread thread, StreamConnection connection) {
        long now = thread.loop.now();
        ConnectionStatus.State state = connection.isOpening()
                ? ConnectionStatus.State.OPENING
                : connection.isOpen() ? ConnectionStatus.State.OPEN : ConnectionStatus.State.CLOSING;
        return new ConnectionNow(
                connection.id(),
                state,
                thread.getName(),
                connection.local(),
                connection.remote(),
                connection.owner(),
                Duration.ofNanos(now - connection.began()),
                Duration.ofNanos(Math.max(0, now - connection.lastMoved())),
                connection.bytesRead(),
                connection.bytesWritten(),
                connection.held());
    }
}
