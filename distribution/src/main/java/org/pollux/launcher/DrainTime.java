package org.pollux.launcher;

import java.time.Duration;
import java.util.Dictionary;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** How long the runtime may take to drain the connections: {@code drain} of the PID {@code pollux.runtime}, in seconds. */
final class DrainTime {

    private static final Duration DEFAULT = Duration.ofSeconds(10);

    private final BundleContext context;

    DrainTime(BundleContext context) {
        this.context = context;
    }

    Duration read() {
        try {
            ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
            ConfigurationAdmin admin = reference == null ? null : context.getService(reference);
            Configuration[] found = admin == null ? null : admin.listConfigurations("(service.pid=pollux.runtime)");
            Dictionary<String, Object> properties = found == null ? null : found[0].getProcessedProperties(null);
            Object drain = properties == null ? null : properties.get("drain");
            return drain == null
                    ? DEFAULT
                    : Duration.ofSeconds(Long.parseLong(drain.toString().strip()));
        } catch (Exception e) {
            return DEFAULT; // the runtime has reported the bad value and uses its default
        }
    }
}
