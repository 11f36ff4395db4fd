package org.pollux.echo;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;

/**
 * One more echo for each configuration {@code pollux.echo.another-NAME}, with endpoints of its own. It has a PID of its
 * own because the container takes a PID either for one configuration or for several.
 */
@Component(
        service = {Protocol.class, DatagramProtocol.class},
        configurationPid = "pollux.echo.another",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EchoConfiguration.class, factory = true)
public final class AnotherEcho extends EchoProtocol {

    /** As this is called for a change too, another endpoint changes the service; otherwise it would end and begin anew. */
    @Activate
    @Modified
    void configure(DatagramLimits limits) {
        limitDatagrams(limits.datagramsPerSource(), limits.lowPorts());
    }
}
