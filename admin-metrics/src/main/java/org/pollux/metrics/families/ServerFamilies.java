package org.pollux.metrics.families;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pollux.reactor.admin.CertificateStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.RouteStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.SwapStatus;
import org.pollux.reactor.admin.UpgradeStatus;
import org.pollux.reactor.admin.WebSocketStatus;

/** The status of the server as families. Names end in the unit, and in {@code _total} when they only grow. */
public final class ServerFamilies {

    private final List<Family> families = new ArrayList<>();

    private ServerFamilies() {}

    /** All families of a status. */
    public static List<Family> of(ServerStatus status) {
        ServerFamilies made = new ServerFamilies();
        made.server(status);
        made.loops(status.loops());
        made.endpoints(status.endpoints());
        made.requests(status.requests());
        made.swaps(status.swaps());
        made.limits(status);
        made.pools(status.pools());
        made.webSockets(status.webSockets());
        return made.families;
    }

    private Family counter(String name, String help) {
        return added(Family.counter("pollux_" + name + "_total", help));
    }

    private Family gauge(String name, String help) {
        return added(Family.gauge("pollux_" + name, help));
    }

    private Family histogram(String name, String help) {
        return added(Family.histogram("pollux_" + name + "_seconds", help));
    }

    private Family added(Family family) {
        families.add(family);
        return family;
    }

    private void server(ServerStatus status) {
        gauge("info", "The version of the server, and the backend that polls")
                .with(1, "version", status.version(), "backend", status.backend());
        Family state = gauge("state", "1 for the present state of the server");
        for (ServerStatus.State one : ServerStatus.State.values()) {
            state.with(status.state() == one ? 1 : 0, "state", one.name().toLowerCase(Locale.ROOT));
        }
        gauge("uptime_seconds", "Time since the loops were started").with(status.uptime());
        gauge("faults", "Present faults, as pollux status shows them")
                .with(status.faults().size()
                        + status.endpoints().stream()
                                .filter(endpoint -> endpoint.problem().isPresent())
                                .count());
        Family deploys = counter("bundle_changes", "Bundles that were installed, updated or uninstalled");
        status.deploys().forEach((change, count) -> deploys.with(count, "change", change));
        counter("tls_engine_exchanges", "TLS engines that were exchanged by hand")
                .with(status.engineExchanges());
        Family expiry =
                gauge("certificate_expiry_timestamp_seconds", "When a certificate expires, in seconds since 1970");
        Map<String, Long> first = new TreeMap<>();
        for (CertificateStatus certificate : status.certificates()) {
            first.merge(certificate.origin(), certificate.end().getEpochSecond(), Math::min);
        }
        first.forEach((origin, end) -> expiry.with(end, "certificate", origin));
    }

    private void loops(List<LoopStatus> loops) {
        Family turns = counter("loop_turns", "Turns of a loop");
        Family busy = counter("loop_busy_seconds", "Time that a loop worked and did not wait");
        Family ready = counter("loop_ready", "Channels that were ready, over all turns");
        Family read = counter("loop_read_bytes", "Bytes that were read");
        Family written = counter("loop_written_bytes", "Bytes that were written");
        Family times = counter("loop_held_up", "Callbacks that lasted longer than heldUpAfter");
        Family held = gauge("loop_held_up_now", "1 while a callback of a loop does not return");
        Family present = gauge("loop_present_turn_seconds", "How long the present turn has worked");
        Family waiting = gauge("loop_tasks_waiting", "Tasks that wait for a loop");
        Family sources = gauge("loop_sources", "Channels that a loop watches");
        Family connections = gauge("loop_connections", "Open connections of a loop");
        Family lag =
                histogram("loop_turn", "How long a loop worked in each turn, which is how long others waited at most");
        for (LoopStatus loop : loops) {
            String name = loop.name();
            turns.with(loop.turns(), "loop", name);
            busy.with(loop.busy(), "loop", name);
            ready.with(loop.ready(), "loop", name);
            read.with(loop.bytesRead(), "loop", name);
            written.with(loop.bytesWritten(), "loop", name);
            times.with(loop.timesHeldUp(), "loop", name);
            held.with(loop.heldUp().isPresent() ? 1 : 0, "loop", name);
            present.with(loop.presentTurn(), "loop", name);
            waiting.with(loop.tasksWaiting(), "loop", name);
            sources.with(loop.sources(), "loop", name);
            connections.with(loop.connections(), "loop", name);
            lag.with(loop.turnTimes(), "loop", name);
        }
    }

    private void endpoints(List<EndpointStatus> endpoints) {
        Family up = gauge("endpoint_up", "1 while an endpoint is bound and served");
        Family connections = gauge("endpoint_connections", "Open connections of an endpoint");
        Family accepted = counter("endpoint_accepted", "Connections that were accepted");
        Family refused = counter("endpoint_refused", "Connections that were refused, by the limit");
        Family closed = counter("endpoint_closed", "Connections that have ended, by the cause");
        Family read = counter("endpoint_read_bytes", "Bytes that were read");
        Family written = counter("endpoint_written_bytes", "Bytes that were written");
        Family handshakes = counter("endpoint_handshakes", "Handshakes of TLS and the PROXY protocol");
        for (EndpointStatus endpoint : endpoints) {
            String[] labels = {"endpoint", endpoint.endpoint(), "protocol", endpoint.protocol()};
            up.with(endpoint.state() == EndpointStatus.State.OPEN ? 1 : 0, labels);
            connections.with(endpoint.connections(), labels);
            accepted.with(endpoint.accepted(), labels);
            endpoint.refused().forEach((limit, count) -> refused.with(count, and(labels, "limit", limit)));
            endpoint.closed().forEach((cause, count) -> closed.with(count, and(labels, "cause", cause)));
            read.with(endpoint.bytesRead(), labels);
            written.with(endpoint.bytesWritten(), labels);
            handshakes.with(endpoint.handshakes(), and(labels, "outcome", "done"));
            handshakes.with(endpoint.handshakesFailed(), and(labels, "outcome", "failed"));
        }
    }

    private static String[] and(String[] labels, String name, String value) {
        List<String> all = new ArrayList<>(List.of(labels));
        all.add(name);
        all.add(value);
        return all.toArray(String[]::new);
    }

    private void requests(List<RequestStatus> servers) {
        Family flight = gauge("http_requests_in_flight", "Requests that are under way");
        Family wires = counter("http_wire_requests", "Requests by the wire by which they came");
        Family open =
                gauge("http_upgrades_open", "Open connections of a protocol that has followed HTTP, such as WebSocket");
        Family upgrades = counter("http_upgrades", "Requests that have become connections of another protocol");
        Family responses = counter("http_requests", "Requests by route and class of the response");
        Family latency = histogram("http_request", "From a request's head to the end of its response");
        for (RequestStatus server : servers) {
            flight.with(server.inFlight(), "server", server.name());
            server.wires().forEach((wire, count) -> wires.with(count, "server", server.name(), "wire", wire));
            for (UpgradeStatus upgrade : server.upgrades()) {
                open.with(upgrade.open(), "server", server.name(), "protocol", upgrade.protocol());
                upgrades.with(upgrade.total(), "server", server.name(), "protocol", upgrade.protocol());
            }
            for (RouteStatus route : server.routes()) {
                for (Map.Entry<String, Long> of : route.responses().entrySet()) {
                    responses.with(
                            of.getValue(), "server", server.name(), "route", route.route(), "class", of.getKey());
                }
                latency.with(route.latency(), "server", server.name(), "route", route.route());
            }
        }
    }

    private void swaps(SwapStatus swaps) {
        counter("swaps", "Swaps of the backend")
                .with(swaps.done(), "outcome", "done")
                .with(swaps.failed(), "outcome", "failed");
        histogram("swap_pause", "The longest pause of a loop in each swap").with(swaps.pauses());
    }

    private void limits(ServerStatus status) {
        Family limits = counter("limits_met", "How often each limit was met");
        for (LimitStatus limit : status.limits()) {
            limits.with(limit.times(), "limit", limit.limit(), "owner", limit.owner());
        }
        gauge("memory_used_bytes", "Memory that connections hold")
                .with(status.memory().used());
        gauge("memory_most_bytes", "The most memory that connections have held")
                .with(status.memory().most());
        gauge("memory_limit_bytes", "Memory that connections may hold")
                .with(status.memory().limit());
        counter("connections_shed", "Connections that were shed because memory was used up")
                .with(status.memory().slowReaders(), "peer", "reads slowly")
                .with(status.memory().slowSenders(), "peer", "sends slowly");
        gauge("descriptors_open", "Descriptors that are open")
                .with(status.descriptors().open());
        gauge("descriptors_limit", "Descriptors that may be open")
                .with(status.descriptors().limit());
    }

    private void pools(List<PoolStatus> pools) {
        Family connections = gauge("pool_connections", "Connections to other servers");
        Family waiting = gauge("pool_waiting", "Requests that wait for a connection");
        Family opened = counter("pool_opened", "Connections that were opened, or could not be");
        for (PoolStatus pool : pools) {
            connections.with(pool.active(), "pool", pool.name(), "state", "active");
            connections.with(pool.idle(), "pool", pool.name(), "state", "idle");
            waiting.with(pool.waiting(), "pool", pool.name());
            opened.with(pool.opened(), "pool", pool.name(), "outcome", "done");
            opened.with(pool.failed(), "pool", pool.name(), "outcome", "failed");
        }
    }

    private void webSockets(List<WebSocketStatus> servers) {
        Family open = gauge("websocket_connections", "Open WebSocket connections");
        Family messages = counter("websocket_messages", "Messages that have come, or were sent");
        Family bytes =
                gauge("websocket_memory_bytes", "Memory for messages that have come in part, and for compression");
        for (WebSocketStatus server : servers) {
            open.with(server.open(), "server", server.name());
            messages.with(server.received(), "server", server.name(), "direction", "in");
            messages.with(server.sent(), "server", server.name(), "direction", "out");
            bytes.with(server.messageBytes(), "server", server.name(), "for", "messages");
            bytes.with(server.compressionBytes(), "server", server.name(), "for", "compression");
        }
    }
}
