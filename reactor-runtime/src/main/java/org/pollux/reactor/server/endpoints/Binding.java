package org.pollux.reactor.server.endpoints;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.server.inheritance.BoundSocket;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint that a service asks for, or asked for a moment ago: its socket, and the service that it serves.
 *
 * <pre>
 *              bound            its service is gone
 *   FAILED ───────────▶ OPEN ───────────────────────▶ DRAINING ──(drained, hand-over is over)──▶ closed
 *    │ ▲                 │ ▲                              │
 *    │ └─────────────────┘ └──────────────────────────────┘
 *    │   a fault of the protocol     another service asks for it
 *    │
 *    └──▶ WAITING ──(the other endpoint is closed)──▶ FAILED or OPEN
 *   another endpoint of this server is the same to the system
 * </pre>
 *
 * <p>For the admin thread.
 */
final class Binding {

    static final Duration RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(EndpointReconciler.class);

    /**
     * The key by which two requests are the same. Port 0 is different for every service; otherwise the service is 0.
     *
     * @param admin whether the loop is that for administration
     */
    record Key(EndpointAddress address, long service, boolean admin) {

        static Key of(EndpointAddress address, ProtocolOffer service) {
            return new Key(address, address.isAnyPort() ? service.id() : 0, service.admin());
        }
    }

    /** The service that was served last and was removed; only this is kept of it. */
    private record Leaver(String name, int ranking, long turn) {}

    private final BoundEndpoint socket;
    private Key key;
    private State state = State.FAILED;
    private String name = "";
    private String predecessor = "";
    private @Nullable ServedProtocol service;

    /** Those that share the endpoint by ALPN. */
    private List<ServedProtocol> guests = List.of();

    private @Nullable Leaver leaver;
    private @Nullable Departure departure;

    /** Until it is over, clients wait in the backlog; while it drains only. */
    private @Nullable HandOver between;

    private Optional<String> problem = Optional.empty();
    private CompletableFuture<Void> handOver = CompletableFuture.completedFuture(null);
    private boolean bound;
    private long since;

    Binding(Key key, BoundEndpoint socket) {
        this.key = key;
        this.socket = socket;
    }

    Key key() {
        return key;
    }

    /** Its socket, if it has one. */
    Stream<BoundSocket> bound() {
        return socket().channel().stream()
                .map(channel -> BoundSocket.of(key().address().toString(), name(), channel));
    }

    BoundEndpoint socket() {
        return socket;
    }

    State state() {
        return state;
    }

    /** Of the service that is served, or was. */
    String name() {
        return name;
    }

    Optional<String> problem() {
        return problem;
    }

    boolean serves(ServedProtocol other) {
        return service == other;
    }

    /** The connections of a service that clients reach here by ALPN, beside the one that is served; empty when they do not. */
    Optional<ConnectionTally> guest(ServedProtocol other) {
        return state == State.OPEN && guests.contains(other) ? Optional.of(socket.group(other)) : Optional.empty();
    }

    /** The names by which clients can choose the service that is served. */
    List<String> alpn() {
        return service != null && key.address().isTls() ? service.offer().alpn() : List.of();
    }

    /** Completes, well or not, when whom it served before gets no connection any more. */
    CompletableFuture<Void> handOver() {
        return handOver.exceptionally(_ -> null);
    }

    boolean isBound() {
        return bound;
    }

    /** Whether its service may be about to come back in another version. */
    boolean isBeingHandedOver() {
        return state == State.DRAINING && (between == null || !between.isOver());
    }

    /** Whether a service has to wait for the end of a hand-over, because it is a third party; see {@link Ownership}. */
    boolean isKeptFrom(ServedProtocol other, EndpointAddress wanted) {
        Leaver gone = leaver;
        return gone != null
                && isBeingHandedOver()
                && !gone.name().equals(other.offer().name())
                && other.claim(wanted).turn() > gone.turn()
                && !Ownership.outranks(other, wanted, gone.ranking());
    }

    /** Whether it may be given to another service that asks for any port and has the same name. */
    boolean canBeInheritedBy(ProtocolOffer heir, EndpointAddress address) {
        return state == State.DRAINING
                && key.address().equals(address)
                && key.admin() == heir.admin()
                && name.equals(heir.name());
    }

    void inherit(Key heir) {
        key = heir;
    }

    void bind(Path home, Inheritance inheritance, ServedProtocol wanting) throws IOException {
        if (!bound) {
            socket.bind(home, inheritance, wanting.offer().name());
            bound = true;
        }
    }

    boolean isServed(ServedProtocol wanted) {
        return service == wanted && state == State.OPEN;
    }

    /**
     * Begins to hand the socket, which is bound, to a service; {@link #served} ends it.
     *
     * @param now false while another process serves there; {@link #takeOver} follows
     */
    void serve(ServedProtocol next, boolean now) {
        predecessor = name;
        service = next;
        name = next.offer().name();
        departure = null;
        between = null;
        handOver = now ? socket.serve(next) : CompletableFuture.completedFuture(null);
    }

    /** Another process serves there from now on; this one keeps the socket, at rest. */
    void leave() {
        if (bound) {
            handOver = socket.leave();
        }
    }

    /** The other process serves no more there, and this one does. */
    void takeOver() {
        if (bound) {
            socket.own();
        }
        if (bound && service != null) {
            handOver = socket.serve(service);
        }
    }

    /** Lets clients choose by ALPN between all that ask for it. While it drains, those that shared it still get who was accepted. */
    void share(List<ServedProtocol> claimants) {
        guests = switch (state) {
            case OPEN -> Ownership.guests(key.address(), requireNonNull(service), claimants);
            case DRAINING -> guests.stream().filter(claimants::contains).toList();
            case FAILED, WAITING -> List.of();
        };
        socket.share(guests);
    }

    /** The hand-over has succeeded or failed, or a loop is too busy and does it later. */
    void served() {
        if (handOver.isCompletedExceptionally() && service != null) {
            fail(service, "the protocol failed for it: " + handOver.exceptionNow());
            return;
        }
        if (state == State.OPEN || state == State.DRAINING) {
            LOG.info("{} takes {} over from {}", name, described(), predecessor);
        } else {
            LOG.info("{} serves {}", name, described());
        }
        state = State.OPEN;
        problem = Optional.empty();
    }

    private String described() {
        return key.address().isAnyPort()
                ? key.address() + " as " + socket.local().orElseThrow()
                : key.address().toString();
    }

    /** Notes why a service cannot be served; tried again in a second. */
    void fail(ServedProtocol unserved, String why) {
        leaveUnserved(unserved, State.FAILED, why);
    }

    /** Notes that another endpoint of the server is in the way; tried again whenever that may have changed. */
    void queue(ServedProtocol unserved, String why) {
        leaveUnserved(unserved, State.WAITING, why);
    }

    private void leaveUnserved(ServedProtocol unserved, State why, String reason) {
        service = unserved;
        name = unserved.offer().name();
        state = why;
        problem = Optional.of(reason);
        since = System.nanoTime();
    }

    /** Its service was removed: new connections wait in the kernel. */
    void rest() {
        if (service != null) {
            ProtocolOffer gone = service.offer();
            leaver = new Leaver(
                    gone.name(), gone.ranking(), service.claim(key.address()).turn());
        }
        service = null;
        state = State.DRAINING;
        problem = Optional.empty();
        since = System.nanoTime();
        handOver = socket.rest();
    }

    /** Stays bound until the connections have ended, and another version of its service is not expected any more. */
    void waitFor(Departure ending, HandOver following) {
        departure = ending;
        between = following;
    }

    /** A tick of the admin thread has passed. */
    void tick(int glance) {
        if (between != null) {
            between.tick(glance);
        }
    }

    /** Whether it is time to try again, or to close. */
    boolean isDue() {
        return switch (state) {
            case FAILED, WAITING -> System.nanoTime() - since >= RETRY.toNanos();
            case DRAINING -> (departure == null || departure.isDone()) && between != null && between.isOver();
            case OPEN -> false;
        };
    }

    /** What it has failed for may be over: it is due at once. */
    void hasten() {
        if (state == State.FAILED) {
            since = System.nanoTime() - RETRY.toNanos();
        }
    }

    /** Begins to give the address back, which is free when the {@link #handOver} completes. */
    void close() {
        service = null;
        if (bound) {
            bound = false;
            handOver = socket.close();
            LOG.info("{} is closed", described());
        } else {
            socket.forget();
        }
    }
}
