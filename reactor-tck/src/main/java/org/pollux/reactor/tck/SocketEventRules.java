package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;

/** P8 accept and connect, P9 ends and errors are readiness. */
interface SocketEventRules extends Rules {

    @Test
    default void p8_aPendingConnectionIsRead() throws IOException {
        assertAcceptIsRead(bench().closing(ServerSocketChannel.open()).bind(LineKind.LOOPBACK));
    }

    @Test
    default void p8_aPendingUnixDomainConnectionIsRead(@TempDir Path folder) throws IOException {
        assertAcceptIsRead(bench().closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX))
                .bind(UnixDomainSocketAddress.of(folder.resolve("s"))));
    }

    /** WRITE in its interest makes no difference: a listener is never ready for it. */
    private void assertAcceptIsRead(ServerSocketChannel listener) throws IOException {
        listener.configureBlocking(false);
        Probe probe = bench().watch(listener, Interest.READ);
        bench().assertIdle(Duration.ofMillis(5));
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            assertTrue(client.isConnected());
            bench().readyTogether(probe);
            probe.registration().interest(Interest.READ_WRITE);
            bench().pollUntil("READ is reported", () -> probe.reports().stream().anyMatch(Interest::reads));
            SocketChannel accepted = listener.accept();
            assertNotNull(accepted);
            accepted.close();
        }
    }

    @Test
    default void p8_aConnectThatSucceedsIsWrite() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(LineKind.LOOPBACK)) {
            Probe probe = connecting(listener.getLocalAddress());
            assertTrue(((SocketChannel) probe.channel()).finishConnect());
            bench().readyTogether(probe);
        }
    }

    @Test
    default void p8_aConnectThatFailsIsWrite() throws IOException {
        SocketAddress nobody;
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(LineKind.LOOPBACK)) {
            nobody = listener.getLocalAddress();
        }
        Probe probe = connecting(nobody);
        assertThrows(ConnectException.class, ((SocketChannel) probe.channel())::finishConnect);
    }

    /** Starts to connect, and waits until the success or failure is reported as WRITE. */
    private Probe connecting(SocketAddress address) throws IOException {
        SocketChannel client = bench().closing(SocketChannel.open());
        client.configureBlocking(false);
        client.connect(address);
        Probe probe = bench().watch(client, Interest.WRITE);
        bench().pollUntil("the connect has ended", () -> probe.calls() > 0);
        assertEquals(Interest.WRITE, probe.reports().getFirst());
        return probe;
    }

    @Test
    default void p8_aConnectIsWriteAlsoWhenReadIsAskedFor() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(LineKind.LOOPBACK)) {
            SocketChannel client = bench().closing(SocketChannel.open());
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            Probe probe = bench().watch(client, Interest.READ_WRITE);
            bench().pollUntil(
                            "the connect has ended",
                            () -> probe.reports().stream().anyMatch(Interest::writes));
            assertTrue(client.finishConnect());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void p9_theEndOfTheStreamIsRead(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        bench().poller().poll(Duration.ofMillis(5).toNanos());
        line.closeWriter();
        bench().readyTogether(probe);
        assertEquals(-1, probe.registration().read(ByteBuffer.allocate(10)));
        bench().assertTold(probe, Interest.READ);
    }

    @ParameterizedTest
    @EnumSource
    default void p9_theEndBehindDataIsRead(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        line.sendOneByte();
        line.closeWriter();
        Probe probe = bench().watch(line.reader(), Interest.READ);
        bench().readyTogether(probe);
        assertEquals(1, probe.registration().read(ByteBuffer.allocate(10)));
        bench().readyTogether(probe);
        assertEquals(-1, probe.registration().read(ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX_DOMAIN"})
    default void p9_afterThePeersEndTheOtherDirectionGoesOn(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        ((SocketChannel) line.writer()).shutdownOutput();
        Probe probe = bench().watch(line.reader(), Interest.READ);
        bench().readyTogether(probe);
        probe.registration().interest(Interest.WRITE);
        bench().assertTold(probe, Interest.WRITE);
        ByteBuffer[] data = {ByteBuffer.wrap(Line.pattern(0, 4))};
        assertEquals(4, probe.registration().write(data, 0, 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "READ_WRITE"})
    default void p9_aResetIsRead(Interest interest) throws IOException {
        Line line = bench().line(LineKind.TCP);
        Probe probe = bench().watch(line.reader(), interest);
        line.reset();
        bench().pollUntil("READ is reported", () -> probe.reports().stream().anyMatch(Interest::reads));
        assertThrows(IOException.class, () -> probe.registration().read(ByteBuffer.allocate(10)));
    }

    @Test
    default void p9_aResetIsWriteForOneWhoWaitsToWrite() throws IOException {
        Line line = bench().line(LineKind.TCP);
        Probe probe = bench().watch(line.reader(), Interest.WRITE);
        bench().fill(probe.registration());
        probe.forget();
        line.reset();
        bench().readyTogether(probe);
        assertThrows(IOException.class, () -> writeSomething(probe));
    }

    @ParameterizedTest
    @EnumSource
    default void p9_aReaderThatLeavesIsWriteForOneWhoWaitsToWrite(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.writer(), Interest.WRITE);
        bench().fill(probe.registration());
        probe.forget();
        line.reader().close();
        bench().readyTogether(probe);
        assertThrows(IOException.class, () -> writeSomething(probe));
    }

    /** The system may take the first bytes after the peer has closed, because it does not know of that yet. */
    private static void writeSomething(Probe probe) throws IOException {
        ByteBuffer[] data = {ByteBuffer.allocate(1)};
        for (int i = 0; i < 100; i++) {
            probe.registration().write(data, 0, 1);
            data[0].clear();
        }
    }
}
