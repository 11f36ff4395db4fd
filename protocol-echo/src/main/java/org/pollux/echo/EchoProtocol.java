package org.pollux.echo;

import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;

/** Echo, as RFC 862 describes it, over TCP, UDP and Unix-domain sockets. */
public sealed class EchoProtocol implements Protocol, DatagramProtocol permits DefaultEcho, AnotherEcho {

    private static final ConnectionHandler STREAM = new EchoHandler();

    /** A datagram for which the system has no room now is lost, as datagrams are. */
    private static final DatagramHandler DATAGRAM = (port, data, from) -> port.send(data, from);

    @Override
    public ConnectionHandler open(Connection connection) {
        return STREAM;
    }

    @Override
    public DatagramHandler open(DatagramPort port) {
        return DATAGRAM;
    }
}
