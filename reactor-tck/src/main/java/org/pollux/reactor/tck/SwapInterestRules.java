package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Watch;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.TurnedReactor;

/** Case 48: the watched channels and their interests. */
interface SwapInterestRules extends SwapRules {

    @Test
    default void case48_theInterestOfEverySourceIsWhatItWas() throws IOException {
        List<String> log = new ArrayList<>();
        try (Listener listener = bench().listen(connection -> new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.write(ByteBuffer.allocate(1));
            }
        })) {
            for (Interest interest : Interest.values()) {
                SocketChannel channel = bench().closing(SocketChannel.open(listener.local()));
                channel.configureBlocking(false);
                bench().settle();
                bench().reactor().watch(channel, interest, (_, ready) -> log.add(interest + " is " + ready));
            }
            log.clear();
            assertEquals(1 + 4 + 4, bench().swap(), "the listener, its connections and the watched channels");
            bench().turn();
            log.sort(null);
            assertEquals(List.of("READ is READ", "READ_WRITE is READ_WRITE", "WRITE is WRITE"), log);
        }
    }

    @Test
    default void case48_aChangeOfInterestBeforeOrAfterTheSwapHolds() throws IOException {
        List<String> log = new ArrayList<>();
        Watch event =
                bench().reactor().watch(bench().readablePipe().source(), Interest.NONE, (_, _) -> log.add("ready"));
        event.interest(Interest.READ).interest(Interest.NONE);
        bench().swap();
        bench().turn();
        assertEquals(List.of(), log);
        event.interest(Interest.READ);
        bench().turn();
        assertEquals(List.of("ready"), log);
        event.interest(Interest.NONE);
        bench().swap();
        bench().turn();
        assertEquals(List.of("ready"), log);
    }

    @Test
    default void case48_aOneShotWatchIsNotReportedTwice() throws IOException {
        List<String> log = new ArrayList<>();
        watchOnce(log, "before");
        bench().turn();
        bench().swap();
        bench().settle();
        assertEquals(List.of("before"), log);
        watchOnce(log, "after");
        assertEquals(1, bench().swap());
        bench().settle();
        assertEquals(List.of("before", "after"), log);
    }

    private void watchOnce(List<String> log, String what) throws IOException {
        bench().reactor()
                .watch(bench().readablePipe().source(), Interest.READ, (_, _) -> log.add(what))
                .once();
    }

    @Test
    default void case48_aClosedWatchIsNotReportedAndTheOthersAre() throws IOException {
        List<String> log = new ArrayList<>();
        List<Watch> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "event " + i;
            events.add(
                    bench().reactor().watch(bench().readablePipe().source(), Interest.READ, (_, _) -> log.add(name)));
        }
        events.get(10).close();
        assertEquals(99, bench().swap());
        events.get(20).close();
        bench().settle();
        assertFalse(log.contains("event 10") || log.contains("event 20"), "those that were closed");
        assertEquals(98, log.stream().distinct().count());
        assertEquals(98, bench().swap());
    }

    @Test
    default void case48_aChannelClosedBehindTheReactorsBackIsDroppedAndTheOthersMove() throws IOException {
        List<String> log = new ArrayList<>();
        Pipe gone = bench().readablePipe();
        Watch dropped = bench().reactor().watch(gone.source(), Interest.READ, (_, _) -> log.add("gone"));
        bench().reactor().watch(bench().readablePipe().source(), Interest.READ, (_, _) -> log.add("kept"));
        gone.source().close();
        assertEquals(1, bench().swap());
        bench().turn();
        assertEquals(List.of("kept"), log);
        assertTrue(dropped.isClosed());
    }

    @Test
    default void case48_aWatchKeepsItsStorageAndItsChannel() throws IOException {
        Pipe pipe = bench().pipe();
        Watch event = bench().reactor().watch(pipe.source(), Interest.READ, (watch, _) -> {
            TurnedReactor.drain(watch);
            watch.storage().append(Bytes.of("after"));
        });
        event.storage().append(Bytes.of("before, "));
        bench().swap();
        TurnedReactor.fill(pipe);
        bench().turnUntil("it is told", () -> event.storage().size() > 8);
        assertEquals(Bytes.of("before, after"), event.storage().content());
        assertSame(pipe.source(), event.channel());
        assertFalse(event.isClosed());
    }
}
