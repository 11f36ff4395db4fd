package org.pollux.shell;

import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the shell at those of its configured endpoints that {@link ShellEndpoints} allows, and reports the others. It
 * registers the protocol itself, because a component's configuration would become the service's endpoint without that check.
 */
@Component(
        immediate = true,
        service = Supplier.class,
        property = "pollux.faults=" + ShellComponent.PID,
        configurationPid = ShellComponent.PID)
@Designate(ocd = ShellConfiguration.class)
public final class ShellComponent implements Supplier<List<String>> {

    static final String PID = "pollux.shell";

    private static final Logger LOG = LoggerFactory.getLogger(ShellComponent.class);

    private final ShellProtocol shell;
    private final ServiceRegistration<Protocol> registration;
    private volatile List<String> faults = List.of();

    /** Offers a shell with the commands of this processor. */
    @Activate
    public ShellComponent(
            @Reference CommandProcessor processor,
            @Reference ServiceComponentRuntime components,
            BundleContext context,
            ShellConfiguration configuration,
            Map<String, Object> raw) {
        shell = new ShellProtocol(
                processor,
                new CommandServices(context, components),
                configuration.sessions(),
                Duration.ofSeconds(configuration.commandTimeout()));
        registration = context.registerService(Protocol.class, shell, properties(configuration, raw));
    }

    /** Changes the endpoints. The service and its sessions stay. */
    @Modified
    void modified(ShellConfiguration configuration, Map<String, Object> raw) {
        shell.limits(configuration.sessions(), Duration.ofSeconds(configuration.commandTimeout()));
        registration.setProperties(properties(configuration, raw));
    }

    private Dictionary<String, Object> properties(ShellConfiguration configuration, Map<String, Object> raw) {
        ShellEndpoints allowed = ShellEndpoints.of(configuration.endpoint(), configuration.allowNetwork());
        allowed.faults().stream().filter(fault -> !faults.contains(fault)).forEach(LOG::warn);
        faults = allowed.faults();
        Map<String, Object> properties = new HashMap<>();
        properties.put("endpoint", allowed.endpoints().toArray(String[]::new));
        properties.put("pollux.administration", true); // whatever the loop, the shell is open while the server starts
        properties.put("loop", configuration.loop());
        if (raw.get(Constants.SERVICE_RANKING) instanceof Integer ranking) {
            properties.put(Constants.SERVICE_RANKING, ranking);
        }
        return FrameworkUtil.asDictionary(properties);
    }

    /** The parts of the configuration that are refused or dangerous. */
    @Override
    public List<String> get() {
        return faults;
    }

    @Deactivate
    void close() throws InterruptedException {
        registration.unregister();
        shell.close();
    }
}
