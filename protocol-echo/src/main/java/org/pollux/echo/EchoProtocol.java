package org.pollux.echo;

import java.util.Map;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.LimitReport;

/**
 * Echo, as RFC 862 describes it, over TCP, UDP and Unix-domain sockets. Of datagrams only those are sent back that cannot be
 * part of an endless loop.
 */
public sealed class EchoProtocol implements Protocol, DatagramProtocol, LimitReport permits DefaultEcho, AnotherEcho {

    private static final ConnectionHandler STREAM = new EchoHandler();

    private final DatagramEcho datagrams = new DatagramEcho(System::nanoTime);

    @Override
    public ConnectionHandler open(Connection connection) {
        return STREAM;
    }

    @Override
    public DatagramHandler open(DatagramPort port) {
        return datagrams.handler();
    }

    /**
     * Limits what is sent back of datagrams; holds for the next one.
     *
     * @param perSource how many an address is sent back without a pause of a second, at least 1
     * @param lowPorts whether ports below 1024 are sent anything
     */
    void limitDatagrams(int perSource, boolean lowPorts) {
        datagrams.limit(perSource, lowPorts);
    }

    @Override
    public Map<String, Long> limitsMet() {
        return datagrams.limitsMet();
    }
}
