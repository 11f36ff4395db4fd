package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Case 47: a stream that has ended on one side, is closing, or ends in the same turn as the swap. */
interface SwapStreamEndRules extends SwapRules {

    @Test
    default void case47_aStreamHalfClosedByThePeerGoesOn() {
        Recorder late = new Recorder() {
            @Override
            protected void inputClosed(Connection c) {}
        };
        Peer peer = bench().accept(late);
        peer.send("question").closeOutput();
        bench().turnUntil("its end is heard", () -> late.log().contains("inputClosed"));
        bench().swap();
        bench().settle();
        assertEquals(List.of("open", "data", "inputClosed"), late.log(), "and is not heard again");
        bench().onLoop(() -> {
            late.connection().write(Bytes.of("reply"));
            late.connection().close();
        });
        peer.receives("reply");
        peer.receivesEnd();
    }

    @Test
    default void case47_anEndThatThePeerHasSentBeforeIsHeardAfterwards() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        peer.sendSome(Bytes.of("last words"));
        peer.closeOutput();
        bench().swap();
        bench().turnUntil("it ends", recorder::isClosed);
        assertEquals("last words", recorder.text());
        assertEquals(List.of("open", "data", "inputClosed", "closed"), recorder.log());
    }

    @Test
    default void case47_aStreamHalfClosedByUsGoesOn() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().onLoop(() -> recorder.connection().closeOutput());
        bench().swap();
        peer.receivesEnd();
        peer.send("still heard").closeOutput();
        bench().turnUntil("it ends", recorder::isClosed);
        assertEquals("still heard", recorder.text());
    }

    @Test
    default void case47_aConnectionThatIsClosingFlushesAndEnds() {
        byte[] data = Bytes.random(10 * Bytes.MB);
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().onLoop(() -> {
            recorder.connection().write(ByteBuffer.wrap(data));
            recorder.connection().close();
        });
        bench().swap();
        assertArrayEquals(data, peer.receive(data.length));
        bench().swap();
        peer.receivesEnd();
        peer.close();
        bench().turnUntil("it ends", recorder::isClosed);
        assertTrue(recorder.cause().isEmpty());
    }

    @Test
    default void case47_aConnectionThatEndedInTheSameTurnIsToldOnceAndAResetIsSeen() {
        Recorder aborted = new Recorder();
        Recorder reset = new Recorder();
        Peer first = bench().accept(aborted);
        Peer second = bench().accept(reset);
        bench().reactor().execute(() -> {
            aborted.connection().abort();
            bench().swap();
        });
        second.reset();
        bench().turnUntil("both end", () -> aborted.isClosed() && reset.isClosed());
        bench().settle();
        assertEquals(List.of("open", "closed"), aborted.log());
        assertEquals(List.of("open", "closed"), reset.log());
        assertTrue(reset.cause().isPresent());
        first.receivesReset();
        assertEquals(0, bench().swap(), "nothing is left to move");
    }

    @Test
    default void case47_anIdleConnectionKeepsTheDeadlineOfItsTimeout() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        bench().onLoop(() -> recorder.connection().idleTimeout(Duration.ofSeconds(1)));
        bench().pass(Duration.ofMillis(600));
        bench().swap();
        bench().pass(Duration.ofMillis(399));
        assertEquals(List.of("open"), recorder.log());
        bench().pass(Duration.ofMillis(1));
        assertEquals(List.of("open", "timeout", "closed"), recorder.log());
        peer.receivesReset();
    }
}
