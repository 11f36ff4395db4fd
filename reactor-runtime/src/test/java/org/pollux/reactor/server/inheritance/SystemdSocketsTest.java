package org.pollux.reactor.server.inheritance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The sockets that systemd passes, as this process sees them: descriptors in a row, and their number in the environment. */
@EnabledOnOs(OS.LINUX)
final class SystemdSocketsTest {

    /** In place of 3, which is the JVM's here. No other test has so many descriptors open. */
    private static final int FIRST = 600;

    private static final long PID = 4711;

    private ServerSocketChannel listening;
    private int passed;

    @BeforeEach
    void listen() throws IOException {
        listening = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
        for (int i = 0; i < passed; i++) {
            Descriptors.close(FIRST + i);
        }
    }

    private void pass(int descriptor) throws IOException {
        Descriptors.replace(FIRST + passed, descriptor);
        passed++;
    }

    private static Inheritance taken(String count) {
        return Inheritance.fromSystemd(
                Map.of("LISTEN_PID", Long.toString(PID), "LISTEN_FDS", count, "LISTEN_FDNAMES", "http:dns"),
                PID,
                FIRST);
    }

    @Test
    void listeningSocketsAndThoseOfUdpWaitForTheirEndpointsAndLast() throws IOException {
        pass(Inheritance.descriptor(listening));
        try (DatagramChannel udp = DatagramChannel.open().bind(null)) {
            pass(Inheritance.descriptor(udp));
        }
        List<InheritedSocket> waiting = taken("2").waiting();
        assertEquals(
                List.of(FIRST, FIRST + 1),
                waiting.stream().map(InheritedSocket::descriptor).toList());
        assertEquals(
                List.of(false, true),
                waiting.stream().map(InheritedSocket::datagrams).toList());
        assertEquals(listening.getLocalAddress(), waiting.getFirst().local());
        assertTrue(waiting.stream().allMatch(InheritedSocket::lasts));
    }

    @Test
    void aDescriptorThatIsNoSocketOfAnEndpointIsPassedOver() throws IOException {
        Pipe pipe = Pipe.open();
        pass(Inheritance.descriptor(pipe.source()));
        pipe.source().close();
        pipe.sink().close();
        pass(Inheritance.descriptor(listening));
        List<InheritedSocket> waiting = taken("3").waiting(); // the third one is not open
        assertEquals(
                List.of(FIRST + 1),
                waiting.stream().map(InheritedSocket::descriptor).toList());
    }

    @Test
    void descriptorsForAnotherProcessAreLeftAlone() throws IOException {
        pass(Inheritance.descriptor(listening));
        Map<String, String> forAnother = Map.of("LISTEN_PID", "1", "LISTEN_FDS", "1");
        assertEquals(List.of(), Inheritance.fromSystemd(forAnother, PID, FIRST).waiting());
        assertEquals(
                List.of(),
                Inheritance.fromSystemd(Map.of("LISTEN_FDS", "1"), PID, FIRST).waiting());
        assertEquals(List.of(), Inheritance.fromSystemd(Map.of(), PID, FIRST).waiting());
    }

    @Test
    void ofMoreThanTheMostTheFirstAreTaken() throws IOException {
        for (int i = 0; i <= Inheritance.MOST; i++) {
            pass(Inheritance.descriptor(listening));
        }
        assertEquals(Inheritance.MOST, taken(Integer.toString(passed)).waiting().size());
        assertEquals(Inheritance.MOST, taken("100000000").waiting().size());
    }

    @Test
    void aNumberThatIsNoneTakesNothing() throws IOException {
        pass(Inheritance.descriptor(listening));
        for (String count : List.of("", "0", "-1", "one", "10000000000")) {
            assertFalse(taken(count).waiting().iterator().hasNext(), count);
        }
    }
}
