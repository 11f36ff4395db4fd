package org.pollux.echo;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;

/** The echo that always exists, on port 7007 of this machine alone unless {@code pollux.echo} says otherwise. */
@Component(
        service = {Protocol.class, DatagramProtocol.class},
        configurationPid = "pollux.echo")
@Designate(ocd = EchoConfiguration.class)
@Endpoint("tcp://127.0.0.1:7007")
public final class DefaultEcho extends EchoProtocol {

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
