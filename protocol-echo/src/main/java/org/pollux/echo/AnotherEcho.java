package org.pollux.echo;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;

/**
 * One more echo for each configuration {@code pollux.echo.another-NAME}, with its own endpoints. It has its own PID because
 * the container uses a PID either for one configuration or for several.
 */
@Component(
        service = {Protocol.class, DatagramProtocol.class},
        configurationPid = "pollux.echo.another",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EchoConfiguration.class, factory = true)
public final class AnotherEcho extends EchoProtocol {

    /**
     * Also called for a change of the configuration. So a new endpoint modifies the service; without this method the service
     * would be replaced.
     */
    @Activate
    @Modified
    void configure(DatagramLimits limits) {
        limitDatagrams(limits.datagramsPerSource(), limits.lowPorts());
    }
}
