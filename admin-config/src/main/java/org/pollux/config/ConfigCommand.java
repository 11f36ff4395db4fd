package org.pollux.config;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.config.check.Nearest;

/** The shell's {@code pollux:config}, which {@code pollux config} calls. It prints to the session that called it. */
@Component(
        service = ConfigCommand.class,
        property = {
            "osgi.command.scope=pollux",
            "osgi.command.function=config",
            "pollux.command=config {pids}: every key of the configuration or of one PID, its value, and the source of the value"
        })
public final class ConfigCommand {

    private final Configurations configurations;

    @Activate
    public ConfigCommand(@Reference Configurations configurations) {
        this.configurations = configurations;
    }

    /** Prints every PID with its keys: the value in force, its source, and the allowed values. */
    public void config() {
        Listing listing = new Listing(configurations);
        String text = listing.pids().stream()
                .map(listing::of)
                .filter(part -> !part.isEmpty())
                .reduce((one, other) -> one + "\n" + other)
                .orElse("no bundle here can be configured\n");
        System.out.print(text);
    }

    /**
     * Prints the same of one PID.
     *
     * @throws IllegalArgumentException if the PID is unknown: the shell prints the message and exits with status 1
     */
    public void config(String pid) {
        Listing listing = new Listing(configurations);
        String text = listing.of(pid);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no bundle here has the PID " + pid
                    + Nearest.of(pid, configurations.schemas().pids())
                            .map(near -> ". Did you mean " + near + "?")
                            .orElse(". 'pollux config' lists all"));
        }
        System.out.print(text);
    }
}
