package org.pollux.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.Reactor;

/** Which datagrams are sent back, on a network and with a clock of its own. */
final class DatagramEchoTest {

    private static final long MILLISECOND = 1_000_000;

    private long now = -5_000 * MILLISECOND;

    /** What is on its way. */
    private final Queue<Runnable> network = new ArrayDeque<>();

    private int sent;

    private final class Host implements DatagramPort {

        private final InetSocketAddress address;
        private final DatagramEcho echo = new DatagramEcho(() -> now);
        private final DatagramHandler handler = echo.handler();
        private Host peer = this;

        Host(String address, int port) {
            this.address = address(address, port);
        }

        void receive(SocketAddress from) {
            handler.onDatagram(this, ByteBuffer.allocate(1), from);
        }

        @Override
        public boolean send(ByteBuffer data, SocketAddress to) {
            sent++;
            network.add(() -> peer.receive(address));
            return true;
        }

        @Override
        public Reactor reactor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress local() {
            return address;
        }

        @Override
        public void close() {}
    }

    private static InetSocketAddress address(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private final Host host = new Host("192.0.2.1", 7007);

    private int sentBackOf(int count, String from, int port) {
        int before = sent;
        for (int i = 0; i < count; i++) {
            host.receive(address(from, port));
        }
        return sent - before;
    }

    @Test
    void twoEchoServicesThatAreMadeToTalkToEachOtherStop() {
        Host other = new Host("192.0.2.2", 7007);
        host.peer = other;
        other.peer = host;
        for (int forged = 0; forged < 3; forged++) {
            host.receive(other.address);
        }
        int rounds = 0;
        while (!network.isEmpty() && rounds < 100_000) {
            rounds++;
            now += 100 * MILLISECOND; // far apart, where a rate would not stop them
            network.remove().run();
        }
        assertTrue(network.isEmpty(), "they talk for ever");
        assertTrue(rounds <= 2 * DatagramEcho.PER_SOURCE + 3, rounds + " rounds");
        assertTrue(dropped(host) + dropped(other) >= 3);
    }

    private static long dropped(Host host) {
        return host.echo.limitsMet().getOrDefault("datagramsPerSource (dropped)", 0L);
    }

    @Test
    void aSourceIsSentBackSoManyAndMoreAfterASecond() {
        host.echo.limit(10, false);
        assertEquals(10, sentBackOf(12, "192.0.2.7", 5000));
        now += 999 * MILLISECOND;
        assertEquals(0, sentBackOf(1, "192.0.2.7", 5001), "another port is the same source");
        assertEquals(10, sentBackOf(12, "192.0.2.8", 5000), "another address is not");
        now += MILLISECOND;
        assertEquals(10, sentBackOf(12, "192.0.2.7", 5000));
        assertEquals(Map.of("datagramsPerSource (dropped)", 7L, "lowPorts (dropped)", 0L), host.echo.limitsMet());
    }

    @Test
    void aClientThatPausesIsNeverLimited() {
        host.echo.limit(10, false);
        for (int i = 0; i < 100; i++) {
            assertEquals(10, sentBackOf(10, "2001:db8::1", 5000));
            now += 1_000 * MILLISECOND;
        }
    }

    @Test
    void hostsOfOneIpv6NetworkAreOneSource() {
        host.echo.limit(1, false);
        assertEquals(1, sentBackOf(1, "2001:db8::1", 5000));
        assertEquals(0, sentBackOf(1, "2001:db8::2", 5000));
        assertEquals(1, sentBackOf(1, "2001:db8:0:1::1", 5000));
    }

    @Test
    void portsBelow1024AreSentNothingUnlessThatIsMeant() {
        assertEquals(0, sentBackOf(3, "192.0.2.7", 1023));
        assertEquals(0, sentBackOf(1, "192.0.2.7", 7));
        assertEquals(1, sentBackOf(1, "192.0.2.7", 1024));
        assertEquals(4L, host.echo.limitsMet().get("lowPorts (dropped)"));
        host.echo.limit(10, true);
        assertEquals(1, sentBackOf(1, "192.0.2.7", 7));
    }

    @Test
    void aNumberThatCannotBeUsedLeavesTheOneBefore() {
        host.echo.limit(2, false);
        host.echo.limit(0, false);
        assertEquals(2, sentBackOf(5, "192.0.2.7", 5000));
    }

    @Test
    void theTableHasABoundAndForgetsNobodyWhoIsBusy() throws UnknownHostException {
        DatagramSources sources = new DatagramSources();
        InetAddress busy = InetAddress.ofLiteral("192.0.2.7");
        assertTrue(sources.admits(busy, now, 1));
        assertFalse(sources.admits(busy, now, 1));
        int admitted = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] forged = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            admitted += sources.admits(InetAddress.getByAddress(forged), now, 1) ? 1 : 0;
        }
        assertTrue(admitted > 900 && admitted < 1024, admitted + " sources");
        assertFalse(sources.admits(busy, now, 1), "it was forgotten");
        now += DatagramSources.PAUSE;
        assertTrue(sources.admits(InetAddress.ofLiteral("192.0.2.8"), now, 1), "there is room again");
    }
}
