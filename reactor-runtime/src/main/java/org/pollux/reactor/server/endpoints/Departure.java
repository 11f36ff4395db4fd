package org.pollux.reactor.server.endpoints;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.NextVersion;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.pollux.reactor.server.endpoints.ServedProtocol.Way;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.offer.ProtocolOffer;

/**
 * What becomes of the connections of a service that was removed. Each is asked for its handler's state.
 *
 * <pre>
 *           none                        the drain time is over
 *   asked ────────▶ drains ─────────────────────────────────────▶ closed
 *     │                ▲
 *     └─▶ waits ───────┤ no next version comes, or it refuses, or the drain time since it came is over
 *           └──────────┴──▶ adopted, once the next version is there
 * </pre>
 *
 * <p>For the admin thread, but for {@link #faults}.
 */
final class Departure {

    private final String name;
    private final Duration patience;
    private final HandOver between;
    private final LoopGroup loops;
    private final List<Wait> waits;

    /** The end of those that do not wait. */
    private final Drain drain;

    /** The end of those that waited; null while they wait for somebody to come. */
    private volatile @Nullable Drain last;

    /** The wait of those that came the same way. */
    private record Wait(Way way, ConnectionTally before, NextVersion next) {

        List<ConnectionTally> groups() {
            return List.of(before, next.waiting());
        }
    }

    /**
     * Begins.
     *
     * @param lastAccepted completes when no connection is added any more
     * @param between the time in which another version is expected
     * @param next makes the next version for those that came one way
     */
    Departure(
            ServedProtocol gone,
            Duration patience,
            CompletableFuture<Void> lastAccepted,
            HandOver between,
            Function<Way, NextVersion> next,
            LoopGroup loops) {
        this.name = gone.offer().name();
        this.patience = patience;
        this.between = between;
        this.loops = loops;
        this.waits = gone.ways().entrySet().stream()
                .map(way -> new Wait(way.getKey(), way.getValue(), next.apply(way.getKey())))
                .toList();
        CompletableFuture<Void> told = lastAccepted.thenCompose(_ -> loops.forEachConnection(this::ask));
        this.drain = new Drain(name, gone.groups(), patience, told, loops);
    }

    private void ask(StreamConnection connection) {
        for (Wait wait : waits) {
            if (connection.belongsTo(wait.before())) {
                connection.leaveTo(wait.next());
                return;
            }
        }
    }

    /** Lets the next version have the connections that came where it serves, when it is one of these. */
    void meet(Collection<ServedProtocol> services) {
        if (last != null) {
            return;
        }
        for (Wait wait : waits) {
            if (!wait.next().isPresent()) {
                heir(services, wait.way()).ifPresent(heir -> come(wait, heir));
            }
        }
        if (waits.stream().allMatch(wait -> wait.next().isPresent())) {
            end(patience);
        }
    }

    /** The service of the same bundle that asks for the same endpoint. */
    private Optional<ServedProtocol> heir(Collection<ServedProtocol> services, Way way) {
        return services.stream()
                .filter(service -> service.offer().name().equals(name)
                        && service.offer().streams().isPresent()
                        && service.offer().endpoints().addresses().contains(way.address()))
                .min((one, other) -> ProtocolOffer.BY_RANK.compare(one.offer(), other.offer()));
    }

    private void come(Wait wait, ServedProtocol heir) {
        wait.next().came(heir.offer().streams().orElseThrow(), heir.group(wait.way()));
        CompletableFuture<Void> _ = loops.forEachConnection(wait.groups(), StreamConnection::passOn);
    }

    /** Those that wait have that long to pass, or to end when nobody has come. */
    void end(Duration time) {
        drain.hurry(time);
        Drain ending = last;
        if (ending != null) {
            ending.hurry(time);
            return;
        }
        waits.forEach(wait -> wait.next().over());
        List<ConnectionTally> waiting = new ArrayList<>();
        List<ConnectionTally> forsaken = new ArrayList<>();
        for (Wait wait : waits) {
            waiting.add(wait.next().waiting());
            if (!wait.next().isPresent()) {
                forsaken.add(wait.next().waiting());
            }
        }
        last = new Drain(name, waiting, time, loops.forEachConnection(forsaken, StreamConnection::shutdown), loops);
    }

    /** Goes on, when it is time. */
    void advance(int glance) {
        between.tick(glance);
        drain.advance();
        Drain ending = last;
        if (ending != null) {
            ending.advance();
            if (ending.open() > 0) {
                waits.forEach(wait -> passOn(wait));
            }
        } else if (between.isOver()) {
            end(patience);
        }
    }

    /** Asks again those that were in the middle of a message. */
    private void passOn(Wait wait) {
        if (wait.next().isPresent()) {
            CompletableFuture<Void> _ =
                    loops.forEachConnection(List.of(wait.next().waiting()), StreamConnection::passOn);
        }
    }

    boolean isDone() {
        Drain ending = last;
        return drain.isDone() && (ending == null ? waiting() == 0 : ending.isDone());
    }

    private int waiting() {
        return waits.stream().mapToInt(wait -> wait.next().waiting().open()).sum();
    }

    /** What an operator must know, while it is so; from any thread. */
    List<String> faults() {
        List<String> lines = new ArrayList<>();
        for (Wait wait : waits) {
            int open = wait.groups().stream().mapToInt(ConnectionTally::open).sum();
            Optional<String> problem = wait.next().problem();
            if (open > 0 && problem.isPresent()) {
                lines.add(open + " connections of " + name + " at " + wait.way().address()
                        + " cannot pass to its next version, and drain: " + problem.get());
            } else if (last == null && wait.next().waiting().open() > 0) {
                lines.add(wait.next().waiting().open() + " connections of " + name + " at "
                        + wait.way().address() + " wait for its next version: start or repair the bundle");
            }
        }
        return lines;
    }
}
