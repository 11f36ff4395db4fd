package org.pollux.reactor.server.osgi;

import java.util.List;
import java.util.Locale;
import org.pollux.reactor.admin.ConnectionList;
import org.pollux.reactor.admin.ConnectionStatus;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.server.tables.Table;

/** Endpoints, connections and routes for people, in plain ASCII. */
final class TrafficReport {

    private TrafficReport() {}

    static String endpoints(ServerStatus status) {
        StringBuilder text = new StringBuilder(StatusReport.endpoints(status));
        status.endpoints()
                .forEach(endpoint -> endpoint.problem()
                        .ifPresent(problem -> text.append("! ")
                                .append(endpoint.endpoint())
                                .append(": ")
                                .append(problem)
                                .append('\n')));
        return text.toString();
    }

    static String connections(ConnectionList list) {
        StringBuilder text = new StringBuilder();
        if (list.connections().isEmpty()) {
            text.append("no connection\n");
        } else {
            Table table = new Table("id", "remote", "state", "age", "idle", "in", "out", "held", "loop", "served by");
            table.right(0, 3, 4, 5, 6, 7);
            list.connections().forEach(connection -> table.row(cells(connection)));
            text.append(table);
        }
        int listed = list.connections().size();
        if (listed < list.open() && list.silent().isEmpty()) {
            text.append('\n')
                    .append(listed)
                    .append(" of ")
                    .append(list.open())
                    .append(" connections are listed; 'connections -n N' lists more\n");
        }
        list.silent().forEach(loop -> text.append("! ").append(loop).append("; its connections are not listed\n"));
        return text.toString();
    }

    private static String[] cells(ConnectionStatus connection) {
        return new String[] {
            Long.toString(connection.id()),
            Units.address(connection.remote()),
            connection.state().name().toLowerCase(Locale.ROOT),
            Units.time(connection.age()),
            Units.time(connection.idle()),
            Units.bytes((double) connection.bytesRead()),
            Units.bytes((double) connection.bytesWritten()),
            Units.bytes((double) connection.held()),
            connection.loop(),
            connection.owner().isEmpty() ? "(opened by a handler)" : connection.owner()
        };
    }

    static String closed(ConnectionStatus connection) {
        return "connection " + connection.id() + " from " + Units.address(connection.remote()) + " is closed after "
                + Units.time(connection.age()) + "; what waits to be sent is still sent";
    }

    static String routes(List<ServedPath> routes) {
        if (routes.isEmpty()) {
            return "no route: no HTTP handler is there\n";
        }
        Table table = new Table("path", "methods", "bundle", "thread", "filters", "");
        routes.forEach(route -> table.row(
                (route.hosts().isEmpty() ? "" : String.join(",", route.hosts())) + route.path(),
                route.methods().contains("*") ? "all" : String.join(" ", route.methods()),
                route.bundle(),
                route.blocking() ? "its own" : "loop",
                String.join(" ", route.filters()),
                route.waiting() ? "waiting for its handler" : ""));
        return table.toString();
    }
}
