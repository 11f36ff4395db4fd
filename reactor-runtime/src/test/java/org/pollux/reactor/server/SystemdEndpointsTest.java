package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.pollux.reactor.server.inheritance.BoundSocket;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.inheritance.InheritedSocket;
import org.pollux.reactor.server.offer.ProtocolOffer;

/** Sockets that systemd holds for as long as the process lives. */
@EnabledOnOs(OS.LINUX)
final class SystemdEndpointsTest {

    private ServerSocketChannel held;
    private TestServer test;

    @BeforeEach
    void start() throws IOException {
        held = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        test = TestServer.start();
        test.server.inherit(passed(held));
    }

    @AfterEach
    void close() throws IOException {
        test.close();
        held.close();
    }

    private static Inheritance passed(SelectableChannel channel) {
        Inheritance inheritance = new Inheritance();
        inheritance.add(InheritedSocket.of(Inheritance.descriptor(channel), "", "", true)
                .orElseThrow());
        return inheritance;
    }

    private int port() {
        return held.socket().getLocalPort();
    }

    /** Its connections are accepted by the kernel, and reach nobody. */
    @Test
    void aSocketThatNoEndpointHasIsAFaultUntilOneHasIt() {
        String fault = "systemd holds the stream socket of 127.0.0.1:" + port()
                + ", and no endpoint has this address, so nobody serves clients there. Correct the .socket unit, or the"
                + " endpoint";
        ProtocolOffer service = test.serve("a", new TestProtocol("a"), TestServer.ANY_PORT);
        Eventually.holds("it is told", () -> test.server.status().faults().equals(List.of(fault)));
        test.change(service, "tcp://127.0.0.1:" + port());
        Eventually.holds("it has it", () -> test.server.status().faults().isEmpty() && test.port("a") == port());
        test.withdraw(service);
        Eventually.holds("it is told again", () -> test.server.status().faults().equals(List.of(fault)));
    }

    @Test
    void anEndpointOfUdpWithThePortOfAStreamSocketIsPassedOnToo() throws IOException {
        test.serve("a", new TestProtocol("a"), "tcp://127.0.0.1:" + port());
        test.serve(TestServer.datagrams("b", _ -> (_, _, _) -> {}, "udp://127.0.0.1:" + port()));
        Eventually.holds(
                "both are served", () -> test.server.status().endpoints().size() == 2);
        Eventually.holds("both are passed", () -> test.server.sockets().size() == 2);
        assertEquals(
                1, test.server.sockets().stream().filter(BoundSocket::lasts).count());
        assertEquals(List.of(), test.server.status().faults());
    }
}
