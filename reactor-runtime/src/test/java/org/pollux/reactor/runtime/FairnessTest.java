package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.loop.Buffers;
import org.pollux.reactor.runtime.net.Acceptor;
import org.pollux.reactor.runtime.net.UdpPort;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** What is always ready does not starve the rest: each gets its share of every turn. */
class FairnessTest {

    private final TestLoop test;
    private boolean closing;

    FairnessTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        closing = true;
        test.close();
    }

    private void postAgain(AtomicInteger runs) {
        runs.incrementAndGet();
        if (!closing) {
            test.loop.execute(() -> postAgain(runs));
        }
    }

    private void startAgain(AtomicInteger runs) {
        runs.incrementAndGet();
        test.loop.after(Duration.ZERO, event -> startAgain(runs));
    }

    @Test
    void case33_tasksThatPostThemselvesStarveNeitherTimersNorInputAndOutput() {
        Recorder recorder = new Recorder();
        Peer peer = test.accept(recorder);
        AtomicInteger tasks = new AtomicInteger();
        AtomicInteger timers = new AtomicInteger();
        postAgain(tasks);
        startAgain(timers);
        peer.sendSome(ByteBuffer.allocate(3));
        int before = tasks.get();
        test.turn();
        assertEquals(before + 1, tasks.get(), "each task once in a turn");
        assertEquals(2, timers.get(), "the timer in the same turn");
        assertEquals(3, recorder.size(), "the bytes in the same turn");
    }

    @Test
    void case33_aChannelThatIsAlwaysReadyStarvesNeitherTasksNorTimersNorOtherChannels() throws IOException {
        Recorder recorder = new Recorder();
        Peer peer = test.accept(recorder);
        Pipe pipe = Pipe.open();
        pipe.sink().configureBlocking(false);
        AtomicInteger ready = new AtomicInteger();
        test.loop.watch(pipe.sink(), Interest.WRITE, (_, _) -> ready.incrementAndGet());
        AtomicInteger tasks = new AtomicInteger();
        test.loop.execute(tasks::incrementAndGet);
        test.loop.after(Duration.ZERO, event -> tasks.incrementAndGet());
        peer.sendSome(ByteBuffer.allocate(3));
        test.turn();
        assertEquals(1, ready.get());
        assertEquals(2, tasks.get());
        assertEquals(3, recorder.size());
        pipe.sink().close();
        pipe.source().close();
    }

    @Test
    void case34_aFloodingConnectionGetsItsShareOfATurnAndTheOthersTheirs() {
        Recorder flooded = new Recorder();
        Peer flooding = test.accept(flooded);
        List<Recorder> others = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(new Recorder());
            peers.add(test.accept(others.getLast()));
        }
        ByteBuffer flood = ByteBuffer.allocate(1024 * 1024);
        for (int turn = 1; turn <= 30; turn++) {
            flooding.sendSome(flood.rewind());
            peers.forEach(peer -> peer.sendSome(ByteBuffer.allocate(1)));
            int before = flooded.size();
            test.turn();
            int share = flooded.size() - before;
            assertTrue(share > 0 && share <= Buffers.READ, share + " bytes in a turn");
            for (Recorder other : others) {
                assertEquals(turn, other.size());
            }
        }
    }

    @Test
    void case34_aFloodingPeerOfAClosingConnectionGetsItsShareToo() {
        Recorder flooded = new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.close();
            }
        };
        Peer flooding = test.accept(flooded);
        Recorder recorder = new Recorder();
        Peer peer = test.accept(recorder);
        ByteBuffer flood = ByteBuffer.allocate(1024 * 1024);
        for (int turn = 1; turn <= 10; turn++) {
            flooding.sendSome(flood.rewind());
            peer.sendSome(ByteBuffer.allocate(1));
            long before = test.inside.counters().bytesRead();
            test.turn();
            assertTrue(test.inside.counters().bytesRead() - before <= Buffers.READ + 1);
            assertEquals(turn, recorder.size());
        }
    }

    @Test
    void case34_aFloodOfConnectionsIsAcceptedInShares() {
        int many = 3 * Acceptor.BATCH;
        Recorder recorder = new Recorder();
        Peer peer = test.accept(recorder);
        List<Recorder> accepted = new ArrayList<>();
        try (Listener listener = test.listen(connection -> {
            accepted.add(new Recorder());
            return accepted.getLast();
        })) {
            for (int i = 0; i < many; i++) {
                test.dial(listener.local());
            }
            for (int turn = 1; turn <= 3; turn++) {
                peer.sendSome(ByteBuffer.allocate(1));
                test.turn();
                assertEquals(turn * Acceptor.BATCH, accepted.size());
                assertEquals(turn, recorder.size());
            }
        }
    }

    @Test
    void case34_aFloodOfDatagramsIsReceivedInShares() throws IOException {
        AtomicInteger received = new AtomicInteger();
        try (DatagramPort port = test.loop.bind(TestLoop.anyPort(), (at, data, from) -> received.incrementAndGet());
                DatagramChannel sender = DatagramChannel.open()) {
            for (int i = 0; i < 2 * UdpPort.BATCH; i++) {
                assertEquals(1, sender.send(ByteBuffer.allocate(1), port.local()));
            }
            test.turn();
            assertEquals(UdpPort.BATCH, received.get());
            test.turn();
            assertEquals(2 * UdpPort.BATCH, received.get());
        }
    }
}
