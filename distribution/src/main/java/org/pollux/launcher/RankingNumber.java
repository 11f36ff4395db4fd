package org.pollux.launcher;

import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a number of a {@code service.ranking} on its way to a component. A file has texts only, and for the framework a
 * ranking that is no {@link Integer} is none (OSGi Core, section 5.2.5), without a word.
 */
final class RankingNumber implements ConfigurationPlugin {

    private static final Logger LOG = LoggerFactory.getLogger(RankingNumber.class);

    /** To be called before Config Admin starts. */
    static void register(BundleContext context) {
        context.registerService(
                ConfigurationPlugin.class,
                new RankingNumber(),
                // behind the overlay, and the last one whose changes count
                FrameworkUtil.asDictionary(Map.of(CM_RANKING, 1000)));
    }

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        if (properties.get(Constants.SERVICE_RANKING) instanceof String text) {
            try {
                properties.put(Constants.SERVICE_RANKING, Integer.valueOf(text.strip()));
            } catch (NumberFormatException _) {
                LOG.error(
                        "service.ranking = {} in {} is not used: it must be a whole number, like 5 or -1",
                        text,
                        properties.get(Constants.SERVICE_PID));
            }
        }
    }
}
