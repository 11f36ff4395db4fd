package org.pollux.reactor.server.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pollux.reactor.admin.TlsEngineStatus;
import org.pollux.reactor.runtime.tls.TlsCounts;
import org.pollux.reactor.server.certificates.ServerCertificate;
import org.pollux.reactor.server.tables.Table;

/** TLS for people, in plain ASCII. */
public record TlsReport(ServerTls tls) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public String toString() {
        String faults = tls.faults().stream().map(fault -> "! " + fault + "\n").collect(Collectors.joining());
        return engines(tls.engines(), tls.sessions().count()) + "\n" + certificates() + "\n" + counts()
                + (faults.isEmpty() ? "" : "\n" + faults);
    }

    /** Nothing, when there is none. */
    public static String engines(List<TlsEngineStatus> engines) {
        return engines(engines, Map.of());
    }

    private static String engines(List<TlsEngineStatus> engines, Map<String, Integer> connections) {
        if (engines.isEmpty()) {
            return "";
        }
        Table table = new Table("TLS engine", "", "", connections.isEmpty() ? "" : "connections");
        table.right(3);
        for (TlsEngineStatus engine : engines) {
            table.row(
                    engine.name(),
                    engine.state().name().toLowerCase(Locale.ROOT),
                    engine.description(),
                    connections.isEmpty() ? "" : Integer.toString(connections.getOrDefault(engine.description(), 0)));
        }
        return table.toString();
    }

    private String certificates() {
        List<ServerCertificate> all = tls.certificates();
        if (all.isEmpty()) {
            return "no certificate: put one into conf/tls, or make one for a trial with pollux tls self-signed NAME\n";
        }
        Instant now = tls.calendar().instant();
        Table table = new Table("certificate", "key", "expires (UTC)", "in days", "names");
        table.right(3);
        for (ServerCertificate certificate : all) {
            table.row(
                    certificate.origin(),
                    certificate.key().key().getAlgorithm(),
                    DAY.format(certificate.end()),
                    Long.toString(Duration.between(now, certificate.end()).toDays()),
                    String.join(" ", certificate.key().names()));
        }
        return table.toString();
    }

    private String counts() {
        TlsCounts counts = tls.counts();
        Table table = new Table("handshakes", "");
        table.right(1);
        table.row("under way", Long.toString(counts.underWay()));
        counts.done().forEach((version, count) -> table.row("done, " + version, Long.toString(count)));
        table.row("of these, resumed", Long.toString(counts.resumed()));
        counts.failed()
                .forEach((reason, count) -> table.row(
                        "failed: " + reason.name().toLowerCase(Locale.ROOT).replace('_', ' '), Long.toString(count)));
        table.row("given up, or too slow", Long.toString(counts.unfinished()));
        table.row("times one waited for its turn", Long.toString(counts.timesHeldBack()));
        table.row("keys of tickets", Integer.toString(tls.ticketKeys()));
        return table.toString();
    }
}
