package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.tck.broken.RefusingBackend;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Case 50: repeated swaps under load. */
interface SwapLoadRules extends SwapRules {

    /** Sends back every byte. */
    final class Echo extends Recorder {

        @Override
        protected void data(Connection c, ByteBuffer in) {
            c.write(in.duplicate());
            take(in);
        }
    }

    @Test
    default void case50_twentySwapsCostAStreamNoByte() {
        byte[] data = Bytes.random(4 * Bytes.MB);
        ByteBuffer unsent = ByteBuffer.wrap(data);
        Echo echo = new Echo();
        Peer peer = bench().accept(echo);
        for (int part = 1; part <= 20; part++) {
            int enough = data.length / 20 * part;
            bench().turnUntil("part " + part + " comes back", () -> {
                peer.sendSome(unsent);
                return peer.receiveSome().size() >= enough;
            });
            assertEquals(1, bench().swap());
        }
        bench().turnUntil("the rest comes back", () -> {
            peer.sendSome(unsent);
            return peer.receiveSome().size() >= data.length;
        });
        assertArrayEquals(data, echo.bytes());
        assertArrayEquals(data, peer.received());
        assertTrue(peer.isConnected());
    }

    /** Echoes, but reads only in every other callback. */
    final class RestingEcho extends Recorder {

        @Override
        protected void data(Connection c, ByteBuffer in) {
            c.write(in.duplicate());
            take(in);
            c.pauseReading();
        }
    }

    /**
     * Every byte of every stream is checked. Two of three streams read at once. The others rest after each read, so that a
     * poller that receives ahead has bytes to hand over in every swap.
     */
    @Test
    default void case50_aHundredStreamsGoThroughFiftySwaps() {
        int streams = 100;
        int swaps = 50;
        byte[] data = Bytes.random(16 * 1024);
        List<Recorder> echoes = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        List<ByteBuffer> unsent = new ArrayList<>();
        try (Listener listener = bench().listen(connection -> {
            echoes.add(echoes.size() % 3 == 0 ? new RestingEcho() : new Echo());
            return echoes.getLast();
        })) {
            for (int i = 0; i < streams; i++) {
                peers.add(bench().dial(listener.local()));
                unsent.add(ByteBuffer.wrap(data, i, data.length - i));
                bench().turn();
            }
            bench().turnUntil("all are open", () -> echoes.size() == streams);
        }
        for (int round = 0; round < swaps; round++) {
            for (int i = round % 4; i < streams; i += 4) {
                send(peers.get(i), unsent.get(i), 800 + 100 * (round % 7));
                echoes.get(i).connection().resumeReading();
            }
            bench().turn();
            assertEquals(streams, bench().swap());
            peers.get(round % streams).receiveSome();
        }
        bench().turnUntil("everything comes back", () -> {
            boolean all = true;
            for (int i = 0; i < streams; i++) {
                echoes.get(i).connection().resumeReading();
                peers.get(i).sendSome(unsent.get(i));
                all &= peers.get(i).receiveSome().size() == data.length - i;
            }
            return all;
        });
        for (int i = 0; i < streams; i++) {
            assertArrayEquals(
                    Arrays.copyOfRange(data, i, data.length), peers.get(i).received(), "stream " + i);
            assertEquals(List.of("open", "data"), echoes.get(i).log());
        }
    }

    private static void send(Peer peer, ByteBuffer unsent, int most) {
        int end = unsent.limit();
        unsent.limit(Math.min(end, unsent.position() + most));
        peer.sendSome(unsent);
        unsent.limit(end);
    }

    /**
     * In every round some connections open, some earlier ones end in good order, some end with a reset, and a swap is made.
     */
    @Test
    default void case50_hundredsOfConnectionsComeAndGoMeanwhile() {
        List<Echo> accepted = new ArrayList<>();
        Deque<Peer> peers = new ArrayDeque<>();
        try (Listener listener = bench().listen(connection -> {
            accepted.add(new Echo());
            return accepted.getLast();
        })) {
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < 6; i++) {
                    peers.add(bench().dial(listener.local()));
                    peers.getLast().sendSome(Bytes.of("hello"));
                }
                bench().swap();
                bench().turn();
                while (peers.size() > 30) {
                    endInGoodOrder(peers.remove());
                    peers.remove().reset();
                }
            }
            peers.forEach(SwapLoadRules::endInGoodOrder);
        }
        assertEquals(240, accepted.size());
        bench().turnUntil("all end", () -> accepted.stream().allMatch(Recorder::isClosed));
        assertTrue(accepted.stream().allMatch(SwapLoadRules::isInOrder), "no callback twice or after the end");
        assertEquals(0, bench().swap(), "nothing is left to move");
    }

    @Test
    default void case50_everyPollerButTheOneThatPollsIsGivenBack() throws IOException {
        var counting = RefusingBackend.ofSourcesAfter(Integer.MAX_VALUE, bench().to(), () -> {});
        for (int i = 0; i < 20; i++) {
            bench().moveTo(counting);
            bench().turn();
            assertEquals(1, counting.opened() - counting.closed());
        }
        bench().swap();
        assertEquals(0, counting.opened() - counting.closed());
    }

    private static void endInGoodOrder(Peer peer) {
        peer.receives("hello");
        peer.closeOutput();
        peer.receivesEnd();
    }

    private static boolean isInOrder(Recorder recorder) {
        return recorder.log().equals(List.of("open", "data", "inputClosed", "closed"))
                || recorder.log().equals(List.of("open", "data", "closed"));
    }
}
