package org.pollux.launcher;

import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the log its configuration, the PID {@code pollux.log}. The bundle admin-config describes its keys. */
final class LogConfiguration implements ManagedService, Supplier<List<String>> {

    private static final Logger LOG = LoggerFactory.getLogger(LogConfiguration.class);

    private final Logging logging;
    private volatile LogSettings settings = LogSettings.DEFAULT;

    private LogConfiguration(Logging logging) {
        this.logging = logging;
    }

    static void register(BundleContext context, Logging logging) {
        context.registerService(
                new String[] {ManagedService.class.getName(), Supplier.class.getName()},
                new LogConfiguration(logging),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, "pollux.log", "pollux.faults", "log")));
    }

    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) {
        Map<String, Object> values = new TreeMap<>();
        if (properties != null) {
            for (String key : Collections.list(properties.keys())) {
                values.put(key, properties.get(key));
            }
        }
        settings = LogSettings.of(values);
        logging.configure(settings);
        settings.problems().forEach(LOG::error);
    }

    @Override
    public List<String> get() {
        return settings.problems();
    }
}
