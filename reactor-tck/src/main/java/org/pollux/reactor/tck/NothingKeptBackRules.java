package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;

/** P21 nothing is kept back. */
interface NothingKeptBackRules extends Rules {

    int LENGTH = 4_000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    default void p21_anotherPollerReadsTheNextByte(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        line.send(Line.pattern(0, LENGTH));
        ByteBuffer received = ByteBuffer.allocate(LENGTH);
        for (int part = 1; part <= 4; part++) {
            Poller poller = bench().anotherPoller();
            Probe probe = new Probe(line.reader()).addTo(poller, Interest.READ);
            assertEquals(1, poller.poll(-1));
            Bench.read(probe.registration(), received.limit(part * LENGTH / 4));
            probe.registration().remove();
            poller.close();
        }
        assertArrayEquals(Line.pattern(0, LENGTH), received.array());
    }

    /** A swap adds everything to the new poller before it closes the old one. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    default void p21_aPollerThatIsClosedHasKeptNoByte(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        line.send(Line.pattern(0, LENGTH));
        Poller before = bench().anotherPoller();
        Probe probe = new Probe(line.reader()).addTo(before, Interest.READ);
        assertEquals(1, before.poll(-1));
        ByteBuffer received = ByteBuffer.allocate(LENGTH);
        Bench.read(probe.registration(), received.limit(10));

        Probe after = bench().watch(line.reader(), Interest.READ);
        before.close();
        bench().readyTogether(after);
        Bench.read(after.registration(), received.limit(LENGTH));
        assertArrayEquals(Line.pattern(0, LENGTH), received.array());
    }

    @ParameterizedTest
    @EnumSource
    default void p21_whatWasWrittenIsSentBeforeTheRemovalReturns(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.writer(), Interest.WRITE);
        Bench.write(probe.registration(), ByteBuffer.wrap(Line.pattern(0, LENGTH)));
        probe.registration().remove();
        ((WritableByteChannel) line.writer()).write(ByteBuffer.wrap(Line.pattern(LENGTH, 10)));
        line.closeWriter();
        bench().poller().poll(0);
        assertArrayEquals(Line.pattern(0, LENGTH + 10), line.receiveWaiting(LENGTH + 10));
    }
}
