package org.pollux.reactor.server.osgi;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.server.limits.AddressLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration value by value. A value that cannot be used is reported, and the earlier value stays in
 * force.
 */
final class SettingsReader {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

    private final Map<String, Object> raw;

    private SettingsReader(Map<String, Object> raw) {
        this.raw = raw;
    }

    /**
     * Reads all values before anything is done with one.
     *
     * @param raw the same configuration as it was written, to be shown
     */
    static ServerSettings read(RuntimeConfiguration configuration, Map<String, Object> raw, ServerSettings before) {
        SettingsReader reader = new SettingsReader(raw);
        return new ServerSettings(
                reader.value("backend", () -> name(configuration.backend()), before.backend()),
                reader.value("loops", () -> loops(configuration.loops()), before.loops()),
                reader.value("drain", () -> Duration.ofSeconds(notNegative(configuration.drain())), before.drain()),
                reader.value(
                        "maxConnections", () -> notNegative(configuration.maxConnections()), before.maxConnections()),
                reader.value(
                        "connectionsPerAddress",
                        () -> atLeast(AddressLimit.GENEROUS, configuration.connectionsPerAddress()),
                        before.connectionsPerAddress()),
                reader.value("memory", () -> MemorySize.memory(configuration.memory()), before.memory()),
                reader.value(
                        "sendBuffer", () -> MemorySize.sendBuffer(configuration.sendBuffer()), before.sendBuffer()),
                reader.value("heldUpAfter", () -> heldUpAfter(configuration.heldUpAfter()), before.heldUpAfter()));
    }

    /** For how long the start waits. */
    static Duration startTimeout(RuntimeConfiguration configuration, Map<String, Object> raw) {
        return new SettingsReader(raw)
                .value(
                        "startTimeout",
                        () -> Duration.ofSeconds(notNegative(configuration.startTimeout())),
                        Duration.ofSeconds(10));
    }

    /** For how long endpoints wait for a bundle that is being updated. */
    static Duration handOver(RuntimeConfiguration configuration, Map<String, Object> raw) {
        return new SettingsReader(raw)
                .value(
                        "handOver",
                        () -> Duration.ofSeconds(notNegative(configuration.handOver())),
                        Duration.ofMinutes(1));
    }

    /** For how long all goes on when the server is asked to stop. */
    static Duration stopDelay(RuntimeConfiguration configuration, Map<String, Object> raw) {
        return new SettingsReader(raw)
                .value("stopDelay", () -> Duration.ofSeconds(notNegative(configuration.stopDelay())), Duration.ZERO);
    }

    private <T> T value(String key, Supplier<T> reading, T before) {
        try {
            return reading.get();
        } catch (RuntimeException e) { // the container converts a value when it is asked for it
            LOG.error(
                    "{} = {} in pollux.runtime is not understood ({}); {} stays in force",
                    key,
                    raw.get(key),
                    e,
                    before);
            return before;
        }
    }

    private static String name(String text) {
        String name = text.strip();
        return name.isEmpty() ? ServerSettings.AUTO : name;
    }

    private static int loops(int count) {
        return notNegative(count) == 0 ? ServerSettings.DEFAULT.loops() : count;
    }

    private static Duration heldUpAfter(int millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("it must be a millisecond at least");
        }
        return Duration.ofMillis(millis);
    }

    private static int notNegative(int number) {
        return atLeast(0, number);
    }

    private static int atLeast(int least, int number) {
        if (number < least) {
            throw new IllegalArgumentException("it must be at least " + least);
        }
        return number;
    }
}
