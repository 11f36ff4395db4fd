package org.pollux.echo;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;

/**
 * Echo, as RFC 862 describes it, over TCP, UDP and Unix-domain sockets. It runs without a configuration, on the port 7007
 * of this machine alone; each factory configuration of {@code pollux.echo} gives it another instance.
 */
@Component(
        service = {Protocol.class, DatagramProtocol.class},
        configurationPid = "pollux.echo")
@Designate(ocd = EchoConfiguration.class)
@Endpoint("tcp://127.0.0.1:7007")
public final class EchoProtocol implements Protocol, DatagramProtocol {

    private static final ConnectionHandler STREAM = new EchoHandler();

    /** A datagram for which the system has no room now is lost, as datagrams are. */
    private static final DatagramHandler DATAGRAM = (port, data, from) -> port.send(data, from);

    /** Echo needs nothing of its configuration: the runtime reads the endpoint. */
    @Activate
    public EchoProtocol() {}

    /** With this method another endpoint changes the service; without it, it would end and begin anew. */
    @Modified
    void modified() {}

    @Override
    public ConnectionHandler open(Connection connection) {
        return STREAM;
    }

    @Override
    public DatagramHandler open(DatagramPort port) {
        return DATAGRAM;
    }
}
