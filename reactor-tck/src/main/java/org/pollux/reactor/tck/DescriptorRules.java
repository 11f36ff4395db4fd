package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;

/** P17 descriptors are used again, P18 a channel closed too early. */
interface DescriptorRules extends Rules {

    /** Enough attempts for the system to reuse a number, whatever else the process opens meanwhile. */
    int TIMES = 100;

    @ParameterizedTest
    @EnumSource
    default void p17_aNumberUsedAgainBelongsToTheNewSourceAlone(LineKind kind) throws IOException {
        for (int i = 0; i < TIMES; i++) {
            Line line = bench().open(kind);
            line.sendOneByte();
            Probe old = bench().watch(line.reader(), Interest.READ);
            bench().readyTogether(old);
            old.registration().remove();
            line.close();
            assertWorksAlone(kind, old);
        }
    }

    @Test
    default void p17_aNumberUsedAgainInTheSameTurnBelongsToTheNewSourceAlone() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            Probe one = bench().readable();
            Probe two = bench().readable();
            bench().readyTogether(one, two);
            List<Line> lines = new ArrayList<>();
            List<Probe> successors = new ArrayList<>();
            Probe.Action replaceTheOther = () -> {
                Probe other = one.calls() == 0 ? one : two;
                other.registration().remove();
                other.channel().close();
                lines.add(LineKind.TCP.open(bench().patience()));
                successors.add(bench().watch(lines.getFirst().reader(), Interest.READ));
            };
            one.onceTold(replaceTheOther);
            two.onceTold(replaceTheOther);
            bench().poller().poll(0);
            assertEquals(1, one.calls() + two.calls(), "the one that was replaced is not told");

            lines.getFirst().sendOneByte();
            bench().pollUntil(
                            "the successor is told", () -> successors.getFirst().calls() > 0);
            for (Probe probe : List.of(one, two, successors.getFirst())) {
                probe.registration().remove();
                probe.channel().close();
            }
            lines.getFirst().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    default void p17_aRemovedChannelIsTheOwnersToUse(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.reader(), Interest.READ);
        probe.registration().remove();
        line.reader().configureBlocking(true);
        line.send(Line.pattern(0, 3));
        assertEquals(3, line.receiveWaiting(3).length);
    }

    @Test
    default void p17_theDescriptorOfAClosedChannelIsGivenBackByTheNextPoll() throws IOException {
        ServerSocketChannel listener =
                bench().closing(ServerSocketChannel.open()).bind(LineKind.LOOPBACK);
        SocketAddress address = listener.getLocalAddress();
        listener.configureBlocking(false);
        Probe probe = bench().watch(listener, Interest.READ);
        bench().poller().poll(0);
        probe.registration().remove();
        listener.close();
        bench().poller().poll(0);
        bench().closing(ServerSocketChannel.open()).bind(address);
    }

    @Test
    default void p17_aRemovedSourceIsNotHeldAfterTheNextPoll() throws IOException {
        WeakReference<Source> source = addAndRemove();
        bench().poller().poll(0);
        bench().pollUntil("the removed source is collected", () -> {
            System.gc();
            return source.refersTo(null);
        });
    }

    private WeakReference<Source> addAndRemove() throws IOException {
        Probe probe = bench().readable();
        bench().readyTogether(probe);
        probe.registration().remove();
        return new WeakReference<>(probe);
    }

    @ParameterizedTest
    @EnumSource
    default void p18_aChannelClosedWhileRegisteredIsNotToldAndDoesNotSpin(LineKind kind) throws IOException {
        Probe probe = bench().readable(kind);
        bench().readyTogether(probe);
        probe.channel().close();
        bench().assertIdle(Duration.ofMillis(20));
        bench().assertIdle(Duration.ofMillis(20));
        assertEquals(0, probe.calls());
        assertDoesNotThrow(probe.registration()::remove);
    }

    @ParameterizedTest
    @EnumSource
    default void p18_aChannelClosedInTheCallbackOfAnotherIsNotTold(LineKind kind) throws IOException {
        Probe one = bench().readable(kind);
        Probe two = bench().readable(kind);
        bench().readyTogether(one, two);
        one.whenTold(() -> two.channel().close());
        two.whenTold(() -> one.channel().close());
        assertEquals(1, bench().poller().poll(0));
        assertEquals(1, one.calls() + two.calls());
    }

    @Test
    default void p18_aChannelThatClosesItselfInItsCallbackIsNotToldAgain() throws IOException {
        Probe probe = bench().readable();
        bench().readyTogether(probe);
        probe.whenTold(() -> probe.channel().close());
        assertEquals(1, bench().poller().poll(0));
        bench().assertIdle(Duration.ofMillis(10));
        assertEquals(1, probe.calls());
    }

    @Test
    default void p18_aChannelClosedByAnotherThreadWhileThePollWaitsIsNotTold() throws IOException {
        Probe probe = bench().watch(bench().line(LineKind.TCP).reader(), Interest.READ);
        var closing = Bench.later(Duration.ofMillis(10), () -> probe.channel().close());
        bench().assertIdle(Duration.ofMillis(50));
        closing.join();
        bench().assertIdle(Duration.ofMillis(10));
        assertEquals(0, probe.calls());
    }

    @ParameterizedTest
    @EnumSource
    default void p18_theNumberOfAChannelClosedTooEarlyIsUsedAgain(LineKind kind) throws IOException {
        for (int i = 0; i < TIMES; i++) {
            Line line = bench().open(kind);
            line.sendOneByte();
            Probe old = bench().watch(line.reader(), Interest.READ);
            bench().readyTogether(old);
            line.close();
            if (i % 2 == 0) {
                bench().poller().poll(0);
            }
            assertWorksAlone(kind, old);
        }
    }

    @Test
    default void p18_theRegistrationOfAClosedChannelSaysThatItIsClosed() throws IOException {
        Probe probe = bench().readable();
        probe.channel().close();
        ByteBuffer[] data = {ByteBuffer.allocate(1)};
        assertThrows(ClosedChannelException.class, () -> probe.registration().read(data[0]));
        assertThrows(ClosedChannelException.class, () -> probe.registration().write(data, 0, 1));
        assertThrows(ClosedChannelException.class, () -> probe.registration().interest(Interest.WRITE));
    }

    /** A new line, which probably has the old one's numbers, gets reports of its data, also after the old one is removed. */
    private void assertWorksAlone(LineKind kind, Probe old) throws IOException {
        try (Line line = bench().open(kind)) {
            Probe successor = bench().watch(line.reader(), Interest.READ);
            line.sendOneByte();
            bench().readyTogether(successor);
            old.registration().remove();
            bench().readyTogether(successor);
            assertEquals(0, old.calls(), "calls of the old source");
            assertTrue(line.reader().isOpen(), "the new channel is open");
            assertEquals(1, successor.registration().read(ByteBuffer.allocate(10)));
            successor.registration().remove();
        }
    }
}
