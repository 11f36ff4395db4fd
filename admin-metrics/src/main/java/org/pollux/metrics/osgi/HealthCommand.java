package org.pollux.metrics.osgi;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code pollux:health}, for people and for the health check of a container. */
@Component(
        service = HealthCommand.class,
        property = {"osgi.command.scope=pollux", "osgi.command.function=health"})
public final class HealthCommand {

    private final Readiness readiness;

    /** Tells this readiness. */
    @Activate
    public HealthCommand(@Reference Readiness readiness) {
        this.readiness = readiness;
    }

    /**
     * Prints that the server is ready.
     *
     * @throws IllegalStateException when it is not, with the reasons: the shell prints them and exits with status 1
     */
    public void health() {
        List<String> reasons = readiness.reasons();
        if (!reasons.isEmpty()) {
            throw new IllegalStateException("not ready: " + String.join("; ", reasons));
        }
        System.out.println("ready");
    }
}
