package org.pollux.samples.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.ServerStatus;

/**
 * The status of a server as an HTML page that needs no other file. It is for unknown clients: only {@code pollux
 * status} shows faults, versions and paths of the machine.
 */
final class HomePage {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Pollux</title>
            <style>
            :root { color-scheme: light dark; --line: #8884; --soft: #888; --good: #2a9d5c; --bad: #d1495b; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 3rem auto; padding: 0 1rem; }
            h1 { font-size: 2.2rem; font-weight: 650; margin: 0; }
            h2 { font-size: 1rem; margin: 2.2rem 0 .4rem; color: var(--soft); font-weight: 500; }
            p { margin: .2rem 0; color: var(--soft); }
            .table { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); }
            th { font-weight: 500; color: var(--soft); font-size: .85rem; }
            td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
            .open, .polls { color: var(--good); } .failed { color: var(--bad); }
            </style>
            </head>
            <body>
            <h1>Pollux</h1>
            """;

    private static final String END = """
            </body>
            </html>
            """;

    private HomePage() {}

    static String of(Optional<ServerStatus> status) {
        return PAGE
                + status.map(HomePage::body)
                        .orElse(
                                "<p>This server works but has no status service, so this page cannot show its state.</p>\n")
                + END;
    }

    private static String body(ServerStatus status) {
        int connections =
                status.loops().stream().mapToInt(LoopStatus::connections).sum();
        return "<p>State: "
                + status.state().name().toLowerCase(Locale.ROOT) + ", up for " + text(status.uptime()) + ". "
                + connections
                + (connections == 1 ? " connection" : " connections") + ", polled by <b>" + escape(status.backend())
                + "</b> on " + status.loops().size() + (status.loops().size() == 1 ? " loop" : " loops") + ".</p>\n"
                + section(
                        "Endpoints",
                        "<th>Endpoint<th>Protocol<th>State<th class=n>Open<th class=n>Accepted",
                        status.endpoints(),
                        HomePage::row)
                + section("Backends", "<th>Name<th>State", status.backends(), HomePage::row)
                + section(
                        "Loops",
                        "<th>Thread<th>Backend<th class=n>Connections<th class=n>Turns<th class=n>Read<th class=n>Written",
                        status.loops(),
                        HomePage::row);
    }

    private static <T> String section(String title, String head, List<T> rows, Function<T, String> row) {
        return rows.stream()
                .map(row)
                .collect(Collectors.joining(
                        "",
                        "<h2>" + title + "</h2>\n<div class=table><table>\n<tr>" + head + "\n",
                        "</table></div>\n"));
    }

    private static String row(EndpointStatus endpoint) {
        String state = endpoint.state().name().toLowerCase(Locale.ROOT);
        return "<tr><td>" + escape(withoutPath(endpoint.endpoint()))
                + "<td>" + escape(endpoint.protocol())
                + "<td class=" + state + ">" + state
                + number(endpoint.connections()) + number(endpoint.accepted()) + "\n";
    }

    /** {@code unix:/srv/app/run/x.sock?mode=600} as {@code unix:x.sock}. */
    private static String withoutPath(String endpoint) {
        if (!endpoint.startsWith("unix:")) {
            return endpoint;
        }
        String path = endpoint.substring("unix:".length()).replaceFirst("\\?.*", "");
        return "unix:" + path.substring(path.lastIndexOf('/') + 1);
    }

    private static String row(BackendStatus backend) {
        String state = backend.state().name().toLowerCase(Locale.ROOT);
        return "<tr><td>" + escape(backend.name()) + "<td class=" + state + ">" + state + "\n";
    }

    private static String row(LoopStatus loop) {
        return "<tr><td>" + escape(loop.name())
                + "<td>" + escape(loop.backend())
                + number(loop.connections()) + number(loop.turns())
                + "<td class=n>" + size(loop.bytesRead()) + "<td class=n>" + size(loop.bytesWritten()) + "\n";
    }

    private static String number(long number) {
        return "<td class=n>" + String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        return String.format(Locale.ROOT, "%.1f %siB", bytes / Math.pow(1024, unit), "KMGTPE".charAt(unit - 1));
    }

    private static String text(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return time.toSeconds() + " s";
        }
        String days = time.toDays() == 0 ? "" : time.toDays() + " d ";
        return String.format(Locale.ROOT, "%s%d h %d min", days, time.toHoursPart(), time.toMinutesPart());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
