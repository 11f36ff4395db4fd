package org.pollux.reactor.runtime.osgi;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;

/**
 * What can be typed into the shell: {@code pollux:status}, {@code pollux:faults} and {@code pollux:backend}. They print to the
 * session that asked; Gogo sees to it that this is what {@link System#out} is.
 */
@Component(
        service = PolluxCommands.class,
        property = {
            "osgi.command.scope=pollux",
            "osgi.command.function=status",
            "osgi.command.function=faults",
            "osgi.command.function=backend"
        })
public final class PolluxCommands {

    /** So long the counters are watched for the rates. */
    private static final Duration SAMPLE = Duration.ofMillis(250);

    private final Server server;

    @Activate
    public PolluxCommands(@Reference Server server) {
        this.server = server;
    }

    /** Prints what the server does now, and what it does not do and why. */
    public void status() throws InterruptedException {
        ServerStatus before = server.status();
        Thread.sleep(SAMPLE);
        System.out.print(new StatusReport(before, server.status()));
    }

    /** Prints only what is wrong, a line each; nothing when all is well. */
    public void faults() {
        System.out.print(StatusReport.faults(server.status()));
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
}
