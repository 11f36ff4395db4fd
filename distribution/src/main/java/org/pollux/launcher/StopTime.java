package org.pollux.launcher;

import java.time.Duration;
import java.util.Dictionary;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * How long a stop may take, as the PID {@code pollux.runtime} says.
 *
 * @param delay until the endpoints close: {@code stopDelay}, in seconds
 * @param drain for the connections: {@code drain}, in seconds
 * @param bundles for the bundles, beyond that: {@code stopTimeout}, in seconds
 */
record StopTime(Duration delay, Duration drain, Duration bundles) {

    private static final StopTime DEFAULT = new StopTime(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(20));

    /** At least a millisecond: the framework would wait without a limit for 0. */
    Duration whole() {
        Duration sum = delay.plus(drain).plus(bundles);
        return sum.isZero() ? Duration.ofMillis(1) : sum;
    }

    /** Reads the configured times; the defaults if they cannot be read. */
    static StopTime read(BundleContext context) {
        try {
            ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
            ConfigurationAdmin admin = reference == null ? null : context.getService(reference);
            Configuration[] found = admin == null ? null : admin.listConfigurations("(service.pid=pollux.runtime)");
            return found == null ? DEFAULT : of(found[0].getProcessedProperties(null));
        } catch (Exception e) {
            return DEFAULT; // the framework may be stopping already
        }
    }

    static StopTime of(@Nullable Dictionary<String, Object> properties) {
        return properties == null
                ? DEFAULT
                : new StopTime(
                        seconds(properties.get("stopDelay"), DEFAULT.delay),
                        seconds(properties.get("drain"), DEFAULT.drain),
                        seconds(properties.get("stopTimeout"), DEFAULT.bundles));
    }

    /** Whatever is wrong with a value was told when it was read, and the default is in force. */
    private static Duration seconds(@Nullable Object value, Duration otherwise) {
        try {
            int seconds = value == null ? -1 : Integer.parseInt(value.toString().strip());
            return seconds < 0 ? otherwise : Duration.ofSeconds(seconds);
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
