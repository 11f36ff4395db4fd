package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Pending;
import org.pollux.reactor.runtime.loop.Timer;

/**
 * The way of a connection to its channel: a look-up of the host's name beside the loop, then a race of its addresses, in
 * the order and at the pace of RFC 8305.
 *
 * <pre>
 *   NEW ──a name──▶ LOOKING_UP ──its addresses──▶ RACING ──the first is established──▶ OVER
 *    │                  │                          ▲  │                                  ▲
 *    └──────────────────┼────────an address────────┘  │                                  │
 *                       └─────────────────────────────┴──────────────────────────────────┘
 *                           unknown, the last attempt failed, time over, cancelled
 * </pre>
 *
 * <p>In RACING the next attempt begins 250 ms after the one before, or at once when one fails. An address that was
 * given is a race of one. The loop knows of every dial that is not over, because a lookup shows nowhere else.
 */
public final class Dial implements Pending {

    /** The Connection Attempt Delay that RFC 8305, section 8, recommends. */
    public static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private enum State {
        NEW,
        LOOKING_UP,
        RACING,
        OVER
    }

    private final Loop loop;
    private final StreamStart start;
    private final SocketAddress target;
    private final ConnectOptions options;
    private final Queue<SocketAddress> untried = new ArrayDeque<>();
    private final List<ConnectAttempt> underWay = new ArrayList<>();
    private final DialFailures failures;
    private final String what;
    private final Resolver resolver;
    private final Timer pace = Timer.of(this::attempt);
    private final Timer deadline = Timer.of(this::timedOut);
    private State state = State.NEW;
    private @Nullable Thread lookup;

    /** Prepares to dial. */
    Dial(Loop loop, StreamStart start, SocketAddress target, ConnectOptions options, Resolver resolver) {
        this.loop = loop;
        this.resolver = resolver;
        this.start = start;
        this.target = target;
        this.options = options;
        this.failures = new DialFailures(target);
        this.what = "No connection to " + DialFailures.text(target);
    }

    void start() {
        loop.pending().add(this);
        if (!options.timeout().isZero()) {
            loop.timers().start(deadline, loop.now() + Durations.nanos(options.timeout()));
        }
        if (target instanceof InetSocketAddress name && name.isUnresolved()) {
            lookUp(name);
        } else {
            untried.add(target);
            race();
        }
    }

    // ---- the look-up

    private void lookUp(InetSocketAddress name) {
        state = State.LOOKING_UP;
        String host = name.getHostString();
        lookup = Thread.ofVirtual().name("lookup " + host).start(() -> {
            try {
                List<InetAddress> addresses = resolver.resolve(host);
                tellLoop(() -> found(addresses, name.getPort()));
            } catch (Throwable fault) { // whatever it is, the connection must report it
                tellLoop(() -> notFound(host, fault));
            }
        });
    }

    private void tellLoop(Runnable result) {
        try {
            loop.execute(() -> {
                if (state == State.LOOKING_UP) {
                    result.run();
                }
            });
        } catch (RejectedExecutionException _) {
            // the loop is closed, and the connection with it
        }
    }

    private void found(List<InetAddress> addresses, int port) {
        AddressOrder.interleave(addresses).forEach(address -> untried.add(new InetSocketAddress(address, port)));
        race();
    }

    private void notFound(String host, Throwable fault) {
        String reason = String.valueOf(fault instanceof UnknownHostException ? fault.getMessage() : fault);
        UnknownHostException unknown =
                new UnknownHostException("Unknown host " + (reason.contains(host) ? reason : host + ": " + reason));
        unknown.addSuppressed(fault);
        fail(unknown);
    }

    // ---- the race

    private void race() {
        state = State.RACING;
        attempt();
    }

    /** Begins the next attempt; those that fail on the spot are passed over. */
    private void attempt() {
        loop.timers().cancel(pace);
        while (!untried.isEmpty() && !begin(untried.remove())) {}
        if (!untried.isEmpty()) {
            loop.timers().start(pace, loop.now() + ATTEMPT_DELAY.toNanos());
        } else if (underWay.isEmpty()) {
            fail(failures.explain(what, ConnectException::new));
        }
    }

    private boolean begin(SocketAddress address) {
        try {
            underWay.add(ConnectAttempt.start(loop, this, address, options.local()));
            return true;
        } catch (IOException | RuntimeException e) {
            failures.add(address, e);
            return false;
        }
    }

    void failed(ConnectAttempt attempt, Exception reason) {
        underWay.remove(attempt);
        attempt.cancel();
        failures.add(attempt.address(), reason);
        attempt();
    }

    void established(ConnectAttempt winner) {
        underWay.remove(winner);
        end();
        start.established(winner);
    }

    // ---- the end

    private void timedOut() {
        String inTime = what + " within " + Durations.text(options.timeout());
        if (state == State.LOOKING_UP) {
            fail(new SocketTimeoutException(inTime + ": the name is still being looked up"));
            return;
        }
        underWay.forEach(attempt -> failures.add(attempt.address(), new SocketTimeoutException("no response")));
        untried.forEach(address -> failures.add(address, new SocketTimeoutException("not tried yet")));
        fail(failures.explain(inTime, SocketTimeoutException::new));
    }

    private void fail(IOException cause) {
        end();
        start.lost(cause);
    }

    /** Gives everything back; harmless when it is over. A look-up that cannot be interrupted ends by itself, unheard. */
    void end() {
        state = State.OVER;
        loop.pending().remove(this);
        loop.timers().cancel(pace);
        loop.timers().cancel(deadline);
        underWay.forEach(ConnectAttempt::cancel);
        underWay.clear();
        untried.clear();
        if (lookup != null) {
            lookup.interrupt();
            lookup = null;
        }
    }

    @Override
    public void drop() {
        start.drop();
    }
}
