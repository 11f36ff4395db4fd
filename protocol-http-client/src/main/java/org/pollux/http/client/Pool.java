package org.pollux.http.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpFailure.Reason;

/**
 * The connections of a client, and the calls that wait for one. Calls to one host are served in order. Hosts take turns when
 * connections are scarce, and an idle connection is closed to make room for a call to another host.
 */
final class Pool {

    private static final class Host {

        final Origin origin;
        final Deque<ClientConnection> idle = new ArrayDeque<>();
        final Deque<Call> waiting = new ArrayDeque<>();

        /** Connections that will be idle in a moment. */
        final Set<ClientConnection> resting = new HashSet<>();

        int open;

        Host(Origin origin) {
            this.origin = origin;
        }
    }

    private final ReactorHttpClient client;
    private final ClientSettings settings;
    private final Map<Origin, Host> hosts = new HashMap<>();

    /** Hosts with calls that wait, in the order of their turns. */
    private final Set<Host> hungry = new LinkedHashSet<>();

    /** Idle connections of all hosts, the longest idle first. */
    private final Set<ClientConnection> idle = new LinkedHashSet<>();

    private int open;
    private int waiting;
    private boolean dispatching;

    Pool(ReactorHttpClient client) {
        this.client = client;
        this.settings = client.settings();
    }

    /** Takes a call. A call that was already on a connection comes before all others. */
    void submit(Call call) {
        Host host = hosts.computeIfAbsent(Origin.of(call.request().url()), Host::new);
        if (call.hasStarted()) {
            host.waiting.addFirst(call);
        } else {
            host.waiting.addLast(call);
        }
        waiting++;
        hungry.add(host);
        dispatch();
        if (waiting > settings.queue() && !call.hasStarted()) {
            call.fail(new HttpFailure(
                    Reason.QUEUE_FULL,
                    "all connections are in use, and " + settings.queue() + " requests wait for one already"));
        }
    }

    /** A call is over; it may still wait, or be on that connection. */
    void forget(Call call, Optional<ClientConnection> used) {
        if (used.isPresent()) {
            used.get().drop();
        } else {
            Host host = hosts.get(Origin.of(call.request().url()));
            if (host != null && host.waiting.remove(call)) {
                waiting--;
                tidy(host);
            }
        }
        dispatch();
    }

    /**
     * A connection can be used again in a moment, unless bytes come on it: a call waits for it and does not open another.
     */
    void rest(ClientConnection connection) {
        host(connection).resting.add(connection);
    }

    /** A connection can be used again. */
    void free(ClientConnection connection) {
        host(connection).resting.remove(connection);
        host(connection).idle.addLast(connection);
        idle.add(connection);
    }

    /** A connection must not be used again. */
    void left(ClientConnection connection) {
        Host host = host(connection);
        if (idle.remove(connection)) {
            host.idle.remove(connection);
        }
        host.resting.remove(connection);
        open--;
        host.open--;
        tidy(host);
    }

    private Host host(ClientConnection connection) {
        return hosts.computeIfAbsent(connection.origin(), Host::new);
    }

    private void tidy(Host host) {
        if (host.waiting.isEmpty()) {
            hungry.remove(host);
            if (host.open == 0) {
                hosts.remove(host.origin);
            }
        }
    }

    /** Gives connections to waiting calls, as far as connections are available. */
    void dispatch() {
        if (dispatching) {
            return; // a call failed at once: the loop below sees the change
        }
        dispatching = true;
        try {
            for (boolean served = true; served && !hungry.isEmpty() && mayServe(); ) {
                served = serveEach();
            }
        } finally {
            dispatching = false;
        }
    }

    private boolean mayServe() {
        return open < settings.connections() || !idle.isEmpty();
    }

    /** Serves one call of each host. Returns whether any call could be served. */
    private boolean serveEach() {
        boolean served = false;
        List<Host> turns = new ArrayList<>(hungry);
        Iterator<Host> turn = turns.iterator();
        while (turn.hasNext() && mayServe()) {
            Host host = turn.next();
            Call call = host.waiting.peekFirst();
            if (call != null) {
                served |= serve(host, call);
            }
        }
        return served;
    }

    private boolean serve(Host host, Call call) {
        @Nullable ClientConnection found = call.wantsNewConnection() ? null : host.idle.pollLast();
        if (found == null && !makeRoom(host)) {
            return false;
        }
        host.waiting.remove(call);
        waiting--;
        if (found == null) {
            open++;
            host.open++;
        } else {
            idle.remove(found);
        }
        hungry.remove(host);
        if (!host.waiting.isEmpty()) {
            hungry.add(host); // behind the others
        }
        start(host, call, Optional.ofNullable(found));
        return true;
    }

    /** Whether a connection may be opened. Closes an idle one when the limit is reached. */
    private boolean makeRoom(Host host) {
        if (host.waiting.size() <= host.resting.size()) {
            return false;
        }
        if (host.open >= settings.connectionsPerHost()) {
            ClientConnection own = host.idle.peekFirst();
            if (own == null) {
                return false;
            }
            own.close();
        } else if (open >= settings.connections()) {
            Iterator<ClientConnection> oldest = idle.iterator();
            if (!oldest.hasNext()) {
                return false;
            }
            oldest.next().close();
        }
        return true;
    }

    private void start(Host host, Call call, Optional<ClientConnection> kept) {
        try {
            kept.orElseGet(() -> new ClientConnection(client, host.origin)).start(call);
        } catch (IllegalStateException e) { // the reactor is closed
            open--;
            host.open--;
            tidy(host);
            fail(call, new HttpFailure(Reason.CLIENT_CLOSED, String.valueOf(e.getMessage()), e));
        }
    }

    /** Runs after the current callback, which may be another handler's. */
    private void fail(Call call, HttpFailure failure) {
        try {
            client.reactor().execute(() -> call.fail(failure));
        } catch (RejectedExecutionException _) {
            call.fail(failure); // the reactor makes its last callbacks
        }
    }

    /** Closes idle connections. Calls close the connections that they use. */
    void close() {
        List.copyOf(idle).forEach(ClientConnection::close);
    }
}
