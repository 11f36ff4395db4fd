package org.pollux.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Overrides the configuration of a component with the values of {@code --set}. The stored configuration is not changed. So a
 * later change of a file in {@code conf/} does not affect these values, and a later run does not remember them.
 */
final class Overlay extends ServiceTracker<ConfigurationAdmin, ConfigurationAdmin>
        implements ConfigurationPlugin, SynchronousConfigurationListener {

    private final List<Setting> settings;

    Overlay(BundleContext context, List<Setting> settings) {
        super(context, ConfigurationAdmin.class, null);
        this.settings = settings;
    }

    /** To be called before Config Admin starts. */
    void register() {
        context.registerService(
                new String[] {ConfigurationPlugin.class.getName(), SynchronousConfigurationListener.class.getName()},
                this,
                // the last plugin whose changes are used, except admin-config, which checks them
                FrameworkUtil.asDictionary(Map.of(CM_RANKING, 999)));
        open();
    }

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        Object pid = properties.get(Constants.SERVICE_PID);
        for (Setting setting : settings) {
            if (setting.pid().equals(pid)) {
                properties.remove(setting.key()); // a file may have the key in another case, which would remain
                properties.put(setting.key(), setting.value());
            }
        }
    }

    /** Values are laid over a configuration that exists only, so each PID gets one. */
    @Override
    public ConfigurationAdmin addingService(ServiceReference<ConfigurationAdmin> reference) {
        ConfigurationAdmin admin = super.addingService(reference);
        settings.stream().map(Setting::pid).distinct().forEach(pid -> ensure(admin, pid));
        return admin;
    }

    /** The file of a PID was deleted; the value of the command line still counts. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        boolean ours = settings.stream().anyMatch(setting -> setting.pid().equals(event.getPid()));
        ConfigurationAdmin admin = getService();
        if (ours && admin != null && event.getType() == ConfigurationEvent.CM_DELETED) {
            ensure(admin, event.getPid());
        }
    }

    private static void ensure(ConfigurationAdmin admin, String pid) {
        try {
            int tilde = pid.indexOf('~'); // PID~NAME: one of several instances
            Configuration configuration = tilde < 0
                    ? admin.getConfiguration(pid, "?")
                    : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?");
            if (configuration.getProperties() == null) {
                configuration.update(FrameworkUtil.asDictionary(Map.of()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
