package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Interest;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Case 50: the places where a swap may be requested. */
interface SwapRequestRules extends SwapRules {

    @Test
    default void case50_aSwapInsideACallbackOfAChannelIsRefusedWithTheRemedyAndAPostedOneIsMade() throws IOException {
        List<String> log = new ArrayList<>();
        bench().reactor()
                .watch(bench().readablePipe().source(), Interest.READ, (_, _) -> {
                    log.add(refusal());
                    bench().reactor().execute(() -> log.add(bench().swap() + " moved"));
                })
                .once();
        bench().turn();
        bench().turn();
        assertEquals(2, log.size(), log::toString);
        assertTrue(log.getFirst().contains("post a task"), log.getFirst());
        assertEquals("0 moved", log.getLast());
        assertEquals(bench().to().name(), bench().reactor().backend());
    }

    @Test
    default void case50_aSwapInsideTheCallbacksOfAConnectionIsRefusedAndAPostedOneIsMade() {
        List<String> refusals = new ArrayList<>();
        Recorder swapping = new Recorder() {
            @Override
            protected void opened(Connection c) {
                refusals.add(refusal());
            }

            @Override
            protected void data(Connection c, ByteBuffer in) {
                take(in);
                if (text().equals("go")) {
                    c.write(Bytes.of("before "));
                    refusals.add(refusal());
                    bench().reactor().execute(bench()::swap);
                    c.write(Bytes.of("after"));
                }
            }
        };
        Peer peer = bench().accept(swapping);
        peer.send("go");
        peer.receives("before after");
        bench().settle();
        assertEquals(bench().to().name(), bench().reactor().backend());
        assertEquals(2, refusals.size());
        assertTrue(refusals.stream().allMatch(refusal -> refusal.contains("post a task")), refusals::toString);
        assertEquals(List.of("open", "data"), swapping.log());
        assertTrue(peer.isConnected());
    }

    /** The reason for refusing a swap that is requested in the middle of a callback. */
    private String refusal() {
        return String.valueOf(assertThrows(IllegalStateException.class, () -> bench().moveTo(bench().to()))
                .getMessage());
    }

    @Test
    default void case50_aSwapInsideTheLastCallbackOfAConnectionIsMade() {
        Recorder swapping = new Recorder() {
            @Override
            protected void closed(Connection c) {
                bench().swap(); // between two turns
            }
        };
        Peer peer = bench().accept(swapping);
        peer.reset();
        bench().turnUntil("it ends", swapping::isClosed);
        assertEquals(List.of("open", "closed"), swapping.log());
        assertEquals(bench().to().name(), bench().reactor().backend());
    }

    @Test
    default void case50_aSwapInsideATimerIsMade() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        List<Integer> moved = new ArrayList<>();
        bench().reactor().every(Duration.ofSeconds(1), event -> moved.add(bench().swap()));
        bench().pass(Duration.ofSeconds(1));
        bench().assertServes(recorder, peer);
        bench().pass(Duration.ofSeconds(1));
        bench().assertServes(recorder, peer);
        assertEquals(List.of(1, 1), moved);
    }

    @Test
    default void case50_swapsAskedForOneBehindTheOtherAreMadeOneAfterTheOther() {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        List<String> backends = new ArrayList<>();
        Runnable swap = () -> {
            assertEquals(1, bench().swap());
            backends.add(bench().reactor().backend());
        };
        bench().reactor().execute(() -> {
            swap.run();
            swap.run();
        });
        bench().reactor().execute(swap);
        bench().settle();
        assertEquals(
                List.of(bench().to().name(), bench().from().name(), bench().to().name()), backends);
        bench().assertServes(recorder, peer);
    }
}
