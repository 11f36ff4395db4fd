package org.pollux.reactor.server.osgi;

import java.time.Duration;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.StatusDocument;

/**
 * The commands for the shell: {@code pollux:status}, {@code pollux:faults}, {@code pollux:backend} and
 * {@code pollux:loops}. They print to the session that asked; Gogo sees to it that this is what {@link System#out} is.
 */
@Component(
        service = PolluxCommands.class,
        property = {
            "osgi.command.scope=pollux",
            "osgi.command.function=status",
            "osgi.command.function=faults",
            "osgi.command.function=check",
            "osgi.command.function=backend",
            "osgi.command.function=loops",
            "pollux.command=status --json: backends, loops, endpoints, connections, and all faults",
            "pollux.command=faults: only the faults, one line each",
            "pollux.command=check: the faults; it fails when a configured endpoint is not served",
            "pollux.command=backend {backends}: which backend polls, or change to another one now",
            "pollux.command=loops replace: the event loops, and the callbacks that hold them up; loops replace N: another thread"
        })
public final class PolluxCommands {

    /** The time for which the counters are observed for the rates. */
    private static final Duration SAMPLE = Duration.ofMillis(250);

    /** How long a start may take; it has its own limit, which is shorter. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Server server;
    private final StatusDocument document;
    private final String framework;

    @Activate
    public PolluxCommands(@Reference Server server, @Reference StatusDocument document, BundleContext context) {
        this.server = server;
        this.document = document;
        this.framework = framework(context.getBundle(Constants.SYSTEM_BUNDLE_ID));
    }

    private static String framework(Bundle bundle) {
        Version version = bundle.getVersion(); // without its qualifier, which is a date in some frameworks
        return bundle.getSymbolicName() + " " + version.getMajor() + "." + version.getMinor() + "."
                + version.getMicro();
    }

    /** Prints what the server does now, and what it does not do and why. */
    public void status() throws InterruptedException {
        ServerStatus before = server.status();
        Thread.sleep(SAMPLE);
        System.out.print(new StatusReport(framework, before, server.status()));
    }

    /**
     * {@code pollux:status --json} prints the same, and more, as JSON in one line: for programs.
     *
     * @throws IllegalArgumentException when the option is another one
     */
    public void status(String option) {
        if (option.equals("--watch")) {
            throw new IllegalArgumentException(
                    "--watch needs a terminal: use 'pollux status --watch' outside this shell");
        }
        if (!option.equals("--json")) {
            throw new IllegalArgumentException("'" + option + "' is not known: write status, or status --json");
        }
        System.out.println(document.json());
    }

    /** Prints only what is wrong, a line each; nothing when all is well. */
    public void faults() {
        System.out.print(StatusReport.faults(server.status()));
    }

    /**
     * Waits until the server serves, and prints what is wrong: for the command that has just started it.
     *
     * @throws IllegalStateException when it does not serve an endpoint that is configured: the shell exits with status 1
     */
    public void check() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        ServerStatus status = server.status();
        while (status.state() == ServerStatus.State.STARTING && System.nanoTime() < deadline) {
            Thread.sleep(GLANCE);
            status = server.status();
        }
        System.out.print(StatusReport.faults(status));
        if (status.state() == ServerStatus.State.STARTING) {
            throw new IllegalStateException("no endpoint is open after " + START.toSeconds()
                    + " s: bundles or configurations are still arriving");
        }
        String unserved = status.endpoints().stream()
                .filter(endpoint -> endpoint.state() == State.FAILED || endpoint.state() == State.WAITING)
                .map(EndpointStatus::endpoint)
                .collect(Collectors.joining(", "));
        if (!unserved.isEmpty()) {
            throw new IllegalStateException("not served: " + unserved);
        }
    }

    /** Prints the backends, and which one polls. */
    public void backend() {
        System.out.print(StatusReport.backends(server.status()));
    }

    /**
     * Moves all loops to another backend, and prints what that took.
     *
     * @throws RuntimeException when it cannot, with the reason: the shell prints it and exits with status 1
     */
    public void backend(String name) {
        System.out.println(server.swap(name));
    }

    /** Prints the loops, and which of them are held up by whom. */
    public void loops() {
        System.out.print(StatusReport.loops(server.status()));
    }

    /**
     * {@code pollux:loops replace N} gives a loop that is held up another thread, and prints what is lost by that.
     *
     * @throws RuntimeException when it cannot, with the reason
     */
    public void loops(String action, String number) {
        if (!action.equals("replace")) {
            throw new IllegalArgumentException("'" + action + "' is not known: write loops, or loops replace N");
        }
        System.out.println(server.replaceLoop(number));
    }
}
