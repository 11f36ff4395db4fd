package org.pollux.metrics;

import java.util.function.DoubleSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Registers metrics of the bundle that has this service. From any thread. They are removed when the bundle gives the service back,
 * which Declarative Services do when its components end.
 *
 * <p>Names are those of Prometheus: letters, digits and underscores, not a digit first. The prefix {@code pollux_} is the server's.
 * A name that is taken, or has another form, is refused with an {@link IllegalArgumentException} that says why.
 *
 * <p>A label must have few values: each combination of values costs memory and a line at each reading. A metric keeps 1,000 of them; more
 * are counted together, with {@code (other)} as the value of each label. Never use what a client has sent.
 */
@ProviderType
public interface Metrics {

    /**
     * A number that only grows.
     *
     * @param name ends in {@code _total}
     * @param help one sentence for people
     * @param labels their names, which are letters, digits and underscores
     */
    Counter counter(String name, String help, String... labels);

    /**
     * A number that is asked for at each reading.
     *
     * @param value called on any thread; it must return at once. A reading leaves the metric out when it throws
     */
    void gauge(String name, String help, DoubleSupplier value);

    /**
     * Durations, as a histogram.
     *
     * @param name ends in {@code _seconds}
     */
    Timer timer(String name, String help, String... labels);
}
