package org.pollux.reactor.runtime.osgi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;

/**
 * What can be typed into the shell: {@code pollux:status} and {@code pollux:backend}. They print to the session that
 * asked; Gogo sees to it that this is what {@link System#out} is.
 */
@Component(
        service = PolluxCommands.class,
        property = {"osgi.command.scope=pollux", "osgi.command.function=status", "osgi.command.function=backend"})
public final class PolluxCommands {

    /** So long the counters are watched for the rates. */
    private static final Duration SAMPLE = Duration.ofMillis(250);

    private final Server server;
    private final @Nullable ServiceComponentRuntime components;

    /**
     * Offers the commands.
     *
     * @param components tells of those that do not run, where it is there
     */
    @Activate
    public PolluxCommands(
            @Reference Server server,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    ServiceComponentRuntime components) {
        this.server = server;
        this.components = components;
    }

    /** Prints what the server does now, and what it does not do and why. Bundles are the launcher's {@code faults}. */
    public void status() throws InterruptedException {
        ServerStatus before = server.status();
        Thread.sleep(SAMPLE);
        System.out.print(new StatusReport(before, server.status()));
        if (components != null) {
            ComponentFaults.find(components).forEach(fault -> System.out.println("! " + fault));
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
}
