package org.pollux.samples.remote.node;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.propertytypes.ExportedService;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.samples.remote.Greeter;

/** A service as any other. Its two properties make Remote Service Admin export it. */
@Component(configurationPid = "pollux.samples.remote.node", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NodeConfiguration.class)
@ExportedService(service_exported_interfaces = Greeter.class, service_exported_configs = "aries.fastbin")
public final class GreeterNode implements Greeter {

    private final String name;

    @Activate
    public GreeterNode(NodeConfiguration from) {
        name = from.name();
    }

    @Override
    public String greet(String guest) {
        return "Hello, " + guest + ", from " + name + "!\n";
    }
}
