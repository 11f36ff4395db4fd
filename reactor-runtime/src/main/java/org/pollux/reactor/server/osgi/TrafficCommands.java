package org.pollux.reactor.server.osgi;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.reactor.admin.Server;

/**
 * The commands for the shell about traffic: {@code pollux:endpoints}, {@code pollux:connections} and {@code pollux:routes}. They
 * print to the session that asked.
 */
@Component(
        service = TrafficCommands.class,
        property = {
            "osgi.command.scope=pollux",
            "osgi.command.function=endpoints",
            "osgi.command.function=connections",
            "osgi.command.function=routes",
            "pollux.command=endpoints: where the server listens, and what keeps an endpoint from being served",
            "pollux.command=connections -n close: the open connections; connections -n N: at most N of them; connections"
                    + " close ID: end one",
            "pollux.command=routes: the paths of HTTP, their bundles, filters and threads"
        })
public final class TrafficCommands {

    /** How many connections are listed unless a number is given: more than a person reads. */
    private static final int MOST = 1000;

    private final Server server;

    @Activate
    public TrafficCommands(@Reference Server server) {
        this.server = server;
    }

    /** Prints the endpoints, and the problems of those that are not served. */
    public void endpoints() {
        System.out.print(TrafficReport.endpoints(server.status()));
    }

    /** Prints the connections. */
    public void connections() {
        System.out.print(TrafficReport.connections(server.connections(MOST)));
    }

    /**
     * {@code pollux:connections close ID} closes one, and {@code pollux:connections -n N} lists so many.
     *
     * @throws RuntimeException when it cannot, with the reason: the shell prints it and exits with status 1
     */
    public void connections(String action, String number) {
        switch (action) {
            case "close" -> System.out.println(TrafficReport.closed(server.closeConnection(positive(number))));
            case "-n" ->
                System.out.print(TrafficReport.connections(
                        server.connections((int) Math.min(Integer.MAX_VALUE, positive(number)))));
            default ->
                throw new IllegalArgumentException(
                        "'" + action + "' is not known: write connections, connections -n N, or connections close ID");
        }
    }

    private static long positive(String number) {
        if (!number.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("'" + number + "' is not a whole number above 0");
        }
        return Long.parseLong(number);
    }

    /** Prints the paths. */
    public void routes() {
        System.out.print(TrafficReport.routes(server.servedPaths()));
    }
}
