package org.pollux.reactor.server.osgi;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.DescriptorStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.MemoryStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.WebSocketStatus;
import org.pollux.reactor.server.tables.Table;
import org.pollux.reactor.server.tls.TlsReport;

/**
 * A status for people, in plain ASCII.
 *
 * @param framework its name and version
 * @param before some time earlier, for the rates
 */
record StatusReport(String framework, ServerStatus before, ServerStatus now) {

    @Override
    public String toString() {
        String faults = faults(now);
        return "Pollux " + now.version() + " on " + framework + ", "
                + now.state().name().toLowerCase(Locale.ROOT) + ", up "
                + Units.time(now.uptime()) + "\n\n" + backends(now) + "\n" + tlsEngines() + loops() + "\n"
                + endpoints(now) + "\n" + memory() + webSockets() + limits() + (faults.isEmpty() ? "" : "\n" + faults);
    }

    static String backends(ServerStatus status) {
        Table table = new Table("backend", "", "");
        boolean polled = false;
        for (BackendStatus backend : status.backends()) {
            table.row(backend.name(), backend.state().name().toLowerCase(Locale.ROOT), backend.description());
            polled |= backend.state() == BackendStatus.State.POLLS;
        }
        return (status.backends().isEmpty() ? "" : table)
                + (polled
                        ? ""
                        : "no backend polls: the loops are parked, and the kernel keeps all input until one does\n");
    }

    private String tlsEngines() {
        String engines = TlsReport.engines(now.tlsEngines());
        return engines.isEmpty() ? "" : engines + "\n";
    }

    private String loops() {
        boolean wasHeldUp = now.loops().stream().anyMatch(loop -> loop.timesHeldUp() > 0);
        Table table = new Table(
                "loop", "backend", "connections", "turns/s", "in/s", "out/s", "in", "out", wasHeldUp ? "held up" : "");
        table.right(2, 3, 4, 5, 6, 7, 8);
        double seconds = Math.max(1, now.uptime().minus(before.uptime()).toNanos()) / 1e9;
        for (int i = 0; i < now.loops().size(); i++) {
            LoopStatus loop = now.loops().get(i);
            LoopStatus earlier = before.loops().get(i);
            table.row(
                    loop.name(),
                    loop.backend(),
                    Integer.toString(loop.connections()),
                    Long.toString(Math.round((loop.turns() - earlier.turns()) / seconds)),
                    Units.bytes((loop.bytesRead() - earlier.bytesRead()) / seconds),
                    Units.bytes((loop.bytesWritten() - earlier.bytesWritten()) / seconds),
                    Units.bytes((double) loop.bytesRead()),
                    Units.bytes((double) loop.bytesWritten()),
                    loop.heldUp().isPresent() ? "now" : times(loop.timesHeldUp()));
        }
        return table.toString();
    }

    private static String times(long count) {
        return count == 0 ? "" : count + " x";
    }

    static String endpoints(ServerStatus now) {
        if (now.endpoints().isEmpty()) {
            return "no endpoint: no protocol is there\n";
        }
        Table table = new Table("endpoint", "state", "connections", "accepted", "protocol");
        table.right(2, 3);
        for (EndpointStatus endpoint : now.endpoints()) {
            table.row(
                    endpoint.endpoint()
                            + endpoint.local()
                                    .map(at -> chosenPort(endpoint, at))
                                    .orElse(""),
                    endpoint.state().name().toLowerCase(Locale.ROOT),
                    Integer.toString(endpoint.connections()),
                    Long.toString(endpoint.accepted()),
                    endpoint.protocol()
                            + (endpoint.alpn().isEmpty() ? "" : " (" + String.join(", ", endpoint.alpn()) + ")"));
        }
        return table.toString();
    }

    private String memory() {
        MemoryStatus memory = now.memory();
        return "memory of connections: " + Units.bytes((double) memory.used()) + " of "
                + Units.bytes((double) memory.limit()) + ", at most " + Units.bytes((double) memory.most())
                + (memory.slowReaders() + memory.slowSenders() == 0
                        ? ""
                        : "; shed: " + memory.slowReaders() + " slow readers, " + memory.slowSenders()
                                + " slow senders")
                + "\n" + descriptors();
    }

    private String descriptors() {
        DescriptorStatus descriptors = now.descriptors();
        return descriptors.limit() == Integer.MAX_VALUE
                ? ""
                : "descriptors: " + descriptors.open() + " of " + descriptors.limit() + " open, " + descriptors.kept()
                        + " kept back from connections\n";
    }

    /** Nothing, as long as none was opened. */
    private String webSockets() {
        return now.webSockets().stream()
                .filter(sockets -> sockets.open() + sockets.received() + sockets.sent() > 0)
                .map(StatusReport::webSockets)
                .collect(Collectors.joining());
    }

    static String webSockets(WebSocketStatus sockets) {
        return "WebSocket connections: " + sockets.open() + ", messages: " + sockets.received() + " in, "
                + sockets.sent() + " out; they hold " + Units.bytes((double) sockets.messageBytes())
                + " of messages in part, " + Units.bytes((double) sockets.compressionBytes()) + " for compression\n";
    }

    /** The loops with what they do, and the faults among them. */
    static String loops(ServerStatus status) {
        Table table = new Table("loop", "backend", "sources", "connections", "times held up", "state");
        table.right(2, 3, 4);
        for (LoopStatus loop : status.loops()) {
            table.row(
                    loop.name(),
                    loop.backend(),
                    Integer.toString(loop.sources()),
                    Integer.toString(loop.connections()),
                    Long.toString(loop.timesHeldUp()),
                    loop.heldUp().orElse("serves"));
        }
        return table.toString();
    }

    /** The faults, one line each; those of endpoints first. */
    static String faults(ServerStatus status) {
        Stream<String> endpoints = status.endpoints().stream()
                .flatMap(endpoint -> endpoint.problem().map(problem -> endpoint.endpoint() + ": " + problem).stream());
        return Stream.concat(endpoints, status.faults().stream())
                .map(fault -> "! " + fault + "\n")
                .collect(Collectors.joining());
    }

    /** Nothing, as long as none was met. */
    private String limits() {
        if (now.limits().isEmpty()) {
            return "";
        }
        Table table = new Table("limit met", "times", "by");
        table.right(1);
        for (LimitStatus limit : now.limits()) {
            table.row(limit.limit(), Long.toString(limit.times()), limit.owner());
        }
        return "\n" + table;
    }

    /** Port 0 says nothing. */
    private static String chosenPort(EndpointStatus endpoint, SocketAddress at) {
        return endpoint.endpoint().endsWith(":0") && at instanceof InetSocketAddress bound
                ? " (" + bound.getPort() + ")"
                : "";
    }
}
