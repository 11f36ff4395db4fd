package org.pollux.echo;

import java.nio.ByteBuffer;
import java.util.Map;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.LimitReport;

/**
 * Echo, as RFC 862 describes it, over TCP, UDP and Unix-domain sockets. A datagram is sent back only if it cannot be part of
 * an endless loop.
 */
public sealed class EchoProtocol implements Protocol, DatagramProtocol, LimitReport permits DefaultEcho, AnotherEcho {

    private static final ConnectionHandler STREAM = new EchoHandler();

    private final DatagramEcho datagrams = new DatagramEcho(System::nanoTime);

    @Override
    public ConnectionHandler open(Connection connection) {
        return STREAM;
    }

    /** Continues a connection of the version before. There is no state; a version that has some would be a later one. */
    @Override
    public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
        if (state.hasRemaining()) {
            throw new IllegalArgumentException(
                    "the state has " + state.remaining() + " bytes, and this version of echo knows none");
        }
        return STREAM;
    }

    @Override
    public DatagramHandler open(DatagramPort port) {
        return datagrams.handler();
    }

    /**
     * Limits the datagrams that are sent back. Takes effect with the next datagram.
     *
     * @param perSource number of datagrams that an address gets back without a pause of a second, at least 1
     * @param lowPorts whether datagrams are sent to ports below 1024
     */
    void limitDatagrams(int perSource, boolean lowPorts) {
        datagrams.limit(perSource, lowPorts);
    }

    @Override
    public Map<String, Long> limitsMet() {
        return datagrams.limitsMet();
    }
}
