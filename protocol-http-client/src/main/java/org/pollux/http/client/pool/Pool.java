package org.pollux.http.client.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.exchange.Keeper;
import org.pollux.http.client.exchange.Route;
import org.pollux.http.client.exchange.Wire;
import org.pollux.reactor.admin.PoolStatus;

/**
 * The connections of a client, and the calls that wait for one. Calls to one host are served in order. Hosts take turns when
 * connections are scarce, and an idle connection is closed to make room for a call to another host.
 *
 * <p>Until it is known which wire a host speaks, it gets one connection: if that carries many calls, no other is needed. When it
 * cannot be opened, the calls that wait for it fail with it.
 */
public final class Pool implements Keeper {

    private static final class Host {

        final Route route;
        final Deque<Call> waiting = new ArrayDeque<>();

        /** Connections with room; the one that was used last is the last. */
        final Deque<Wire> ready = new ArrayDeque<>();

        /** Connections that will be idle in a moment. */
        final Set<Wire> resting = new HashSet<>();

        /** Connections, those that are being opened included. */
        int open;

        /** Whether the wire of its connections is known. */
        boolean known;

        /** Whether they carry several calls at a time. */
        boolean shared;

        Host(Route route, boolean known) {
            this.route = route;
            this.known = known;
        }

        int most(ClientSettings settings) {
            if (!known) {
                return 1;
            }
            return shared ? settings.http2().connections() : settings.connectionsPerHost();
        }
    }

    private final ClientLoop loop;
    private final ClientSettings settings;
    private final Map<Route, Host> hosts = new HashMap<>();

    /** Hosts with calls that wait, in the order of their turns. */
    private final Set<Host> hungry = new LinkedHashSet<>();

    /** Idle connections of all hosts, the longest idle first. */
    private final Set<Wire> idle = new LinkedHashSet<>();

    private final PoolCounts counts = new PoolCounts();
    private boolean dispatching;

    public Pool(ClientLoop loop) {
        this.loop = loop;
        this.settings = loop.settings();
    }

    private Host host(Route route) {
        return hosts.computeIfAbsent(route, made -> new Host(made, Wires.isKnown(made, settings.versions())));
    }

    // ---- calls

    @Override
    public void submit(Call call) {
        Host host = host(call.route());
        if (call.hasStarted()) {
            host.waiting.addFirst(call);
        } else {
            host.waiting.addLast(call);
        }
        counts.waiting(1);
        hungry.add(host);
        dispatch();
        if (counts.waiting() > settings.queue() && !call.hasStarted()) {
            call.fail(new HttpFailure(
                    Reason.QUEUE_FULL,
                    "all connections are in use, and " + settings.queue() + " requests wait for one already"));
        }
    }

    @Override
    public void forget(Call call) {
        Host host = hosts.get(call.route());
        if (host != null && host.waiting.remove(call)) {
            counts.waiting(-1);
            tidy(host);
        }
    }

    // ---- connections

    @Override
    public void rest(Wire wire) {
        host(wire.route()).resting.add(wire);
    }

    @Override
    public void free(Wire wire) {
        Host host = host(wire.route());
        host.resting.remove(wire);
        if (!host.ready.contains(wire)) {
            host.ready.addLast(wire);
        }
        if (wire.isIdle() && idle.add(wire)) {
            counts.idle(1);
        }
    }

    private void notIdle(Wire wire) {
        if (idle.remove(wire)) {
            counts.idle(-1);
        }
    }

    @Override
    public void left(Wire wire) {
        Host host = host(wire.route());
        host.ready.remove(wire);
        host.resting.remove(wire);
        notIdle(wire);
        closed(host);
    }

    private void closed(Host host) {
        counts.closed();
        host.open--;
        tidy(host);
    }

    private void tidy(Host host) {
        if (host.waiting.isEmpty()) {
            hungry.remove(host);
            if (host.open == 0) {
                hosts.remove(host.route);
            }
        }
    }

    // ---- turns

    @Override
    public void dispatch() {
        if (dispatching) {
            return; // a call failed at once: the loop below sees the change
        }
        dispatching = true;
        try {
            for (boolean served = true; served && !hungry.isEmpty(); ) {
                served = serveEach();
            }
        } finally {
            dispatching = false;
        }
    }

    /** Serves one call of each host. Returns whether any call could be served. */
    private boolean serveEach() {
        boolean served = false;
        for (Host host : new ArrayList<>(hungry)) {
            Call call = host.waiting.peekFirst();
            if (call != null) {
                served |= serve(host, call);
            }
        }
        return served;
    }

    private boolean serve(Host host, Call call) {
        @Nullable Wire found = call.wantsNewConnection() && !host.shared ? null : host.ready.peekLast();
        if (found == null && !makeRoom(host)) {
            return false;
        }
        host.waiting.remove(call);
        counts.waiting(-1);
        hungry.remove(host);
        if (!host.waiting.isEmpty()) {
            hungry.add(host); // behind the others
        }
        if (found == null) {
            open(host, call);
        } else {
            start(host, found, call);
        }
        return true;
    }

    private void start(Host host, Wire wire, Call call) {
        if (!carries(wire, call)) {
            fail(call, call.uncarried());
            return;
        }
        notIdle(wire);
        wire.start(call);
        if (!wire.hasRoom()) {
            host.ready.remove(wire);
        }
    }

    private static boolean carries(Wire wire, Call call) {
        return call.protocol() == null || wire.tunnels() != Wire.Tunnels.NO;
    }

    /** Whether a connection to there has room for another protocol, as its server has announced. */
    public boolean hasTunnel(Route route) {
        Host host = hosts.get(route);
        return host != null && host.ready.stream().anyMatch(wire -> wire.tunnels() == Wire.Tunnels.YES);
    }

    /** Whether a connection may be opened. Closes an idle one when the limit is reached. */
    private boolean makeRoom(Host host) {
        if (host.waiting.size() <= host.resting.size()) {
            return false;
        }
        if (host.open >= host.most(settings)) {
            @Nullable Wire own = host.ready.peekFirst();
            if (own == null || !own.isIdle()) {
                return false;
            }
            own.close();
        } else if (counts.open() >= settings.connections()) {
            Iterator<Wire> oldest = idle.iterator();
            if (!oldest.hasNext()) {
                return false;
            }
            oldest.next().close();
        }
        return true;
    }

    // ---- opening

    private void open(Host host, Call call) {
        counts.opening();
        host.open++;
        try {
            var _ = new Opening(loop, this, host.route, call);
        } catch (IllegalStateException e) { // the reactor is closed
            counts.failed();
            closed(host);
            fail(call, new HttpFailure(Reason.CLIENT_CLOSED, String.valueOf(e.getMessage()), e));
        }
    }

    /** A connection is established, and its wire is known. */
    void opened(Wire wire, Call call) {
        Host host = host(wire.route());
        counts.opened();
        host.known = true;
        host.shared = wire.isShared();
        start(host, wire, call);
        if (!carries(wire, call)) {
            wire.close(); // it was opened for this call only
        } else if (wire.hasRoom()) {
            free(wire);
        }
        dispatch();
    }

    /** A connection could not be established. */
    void failed(Opening opening, Call call, HttpFailure failure) {
        counts.failed();
        Host host = host(opening.route());
        List<Call> concerned = new ArrayList<>(List.of(call));
        if (!host.known) {
            concerned.addAll(host.waiting);
            counts.waiting(-host.waiting.size());
            host.waiting.clear();
        }
        closed(host);
        concerned.forEach(one -> one.fail(failure));
        dispatch();
    }

    /** The call of an opening is over. */
    void givenUp(Opening opening) {
        closed(host(opening.route()));
    }

    /** Runs after the current callback, which may be another handler's. */
    private void fail(Call call, HttpFailure failure) {
        try {
            loop.reactor().execute(() -> call.fail(failure));
        } catch (RejectedExecutionException _) {
            call.fail(failure); // the reactor makes its last callbacks
        }
    }

    /** Its connections and the calls that wait; from any thread. */
    public PoolStatus status(String name) {
        return counts.status(name);
    }

    /** Closes idle connections. Calls close the connections that they use. */
    public void close() {
        List.copyOf(idle).forEach(Wire::close);
    }
}
