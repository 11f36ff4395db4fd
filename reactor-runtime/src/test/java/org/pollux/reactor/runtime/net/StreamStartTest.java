package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.runtime.RunningLoop;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** A handshake that is drained, and one that fails; what a connection with a stage is drained like afterwards. */
class StreamStartTest {

    private final CapturedLog log = new CapturedLog();
    private final TestLoop test;
    private final ConnectionTally tally = new ConnectionTally();
    private final Recorder recorder = new Recorder() {
        @Override
        protected void shutdown(Connection c) {
            c.write(Bytes.of("bye"));
            c.close();
        }
    };

    private static final int ENOUGH = 20;

    private Duration handshakeTimeout = Duration.ofSeconds(10);

    StreamStartTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
        log.close();
        assertEquals(0, tally.open());
    }

    /** The peer's first byte opens it, or makes it fail. It keeps what is written until the socket is ready again. */
    private static final class Gate extends Stage {

        private final ByteBuffer one = ByteBuffer.allocate(1);
        private final ByteBuffer out = ByteBuffer.allocate(64 * 1024).flip();
        private volatile boolean open;

        Gate(StageContext context, Transport below) {
            super(context, below);
        }

        void open() {
            open = true;
            context.proceed();
        }

        @Override
        protected boolean shake() throws IOException {
            if (!open && below.read(one.clear()) > 0) {
                open = switch (one.get(0)) {
                    case '-' -> throw new IOException("refused");
                    case '!' -> throw new IllegalStateException("a fault of the stage");
                    default -> true;
                };
            }
            return open;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return below.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) {
            if (out.hasRemaining()) {
                throw new IllegalStateException("written to though it keeps something");
            }
            out.clear();
            for (int i = from; i < from + count; i++) {
                int end = data[i].limit();
                data[i].limit(Math.min(end, data[i].position() + out.remaining()));
                out.put(data[i]);
                data[i].limit(end);
            }
            return out.flip().remaining();
        }

        @Override
        public void flush() throws IOException {
            super.flush();
            below.write(new ByteBuffer[] {out}, 0, 1);
        }

        @Override
        public int kept() {
            return out.remaining() + below.kept();
        }
    }

    private Listener listen(Loop loop, BiFunction<StageContext, Transport, Stage> stages) throws IOException {
        StageFactory factory = new StageFactory() {
            @Override
            public String name() {
                return "gate";
            }

            @Override
            public Stage open(StageContext context, Transport below) throws IOException {
                return stages.apply(context, below);
            }

            @Override
            public Duration handshakeTimeout() {
                return handshakeTimeout;
            }
        };
        return StreamStart.listen(
                loop, TestLoop.anyPort(), _ -> recorder, ListenOptions.DEFAULTS, tally, List.of(factory));
    }

    private Peer dial() throws IOException {
        try (Listener listener = listen(test.inside, Gate::new)) {
            Peer peer = test.dial(listener.local());
            int before = tally.open();
            test.turnUntil("it is accepted", () -> tally.open() > before);
            return peer;
        }
    }

    private void drain() {
        test.onLoop(() -> test.inside.sources().forEach(source -> {
            if (source instanceof StreamConnection connection) {
                connection.shutdown();
            }
        }));
    }

    // ---- a drain

    @Test
    void aHandlerHearsOfADrainThatBeganDuringTheHandshakeWhenItIsOpen() throws IOException {
        Peer peer = dial();
        drain();
        drain();
        assertEquals(List.of(), recorder.log());
        peer.send("+").receives("bye");
        peer.receivesEnd().close();
        test.turnUntil("it ends", recorder::isClosed);
        assertEquals(List.of("open", "shutdown", "closed"), recorder.log());
        assertEquals("none", recorder.causeMessage());
    }

    @Test
    void aDrainedConnectionSendsThroughItsStageWhatWaitsAndThenTheEnd() throws IOException {
        Peer peer = dial();
        peer.send("+");
        test.turnUntil("it is open", () -> recorder.log().contains("open"));
        byte[] data = Bytes.random(3 * Bytes.MB);
        test.onLoop(() -> recorder.connection().write(ByteBuffer.wrap(data)));
        drain();
        byte[] all = peer.receive(data.length + 3);
        assertArrayEquals(data, Arrays.copyOf(all, data.length));
        peer.receivesEnd().close();
        test.turnUntil("it ends", recorder::isClosed);
        assertEquals(List.of("open", "shutdown", "closed"), recorder.log());
    }

    @Test
    void aHandshakeThatFailsAfterADrainBeganEndsWithoutAHandler() throws IOException {
        Peer peer = dial();
        drain();
        peer.send("-").receivesEnd().close();
        test.turnUntil("it ends", () -> tally.open() == 0);
        assertEquals(List.of(), recorder.log());
    }

    // ---- failures

    @Test
    void everyHandshakeThatFailsIsCountedWhateverTheReason() throws IOException {
        dial().send("-").receivesEnd();
        assertEquals(1, failures());
        dial().send("!").receivesReset();
        assertEquals(2, failures());
        Peer silent = dial();
        test.pass(StageFactory.HANDSHAKE_TIMEOUT);
        silent.receivesReset();
        assertEquals(3, failures());
        Peer leaving = dial();
        leaving.closeOutput();
        leaving.receivesEnd().close();
        assertEquals(4, failures());
        try (Listener listener = listen(test.inside, (_, _) -> {
            throw new IllegalStateException("no memory for it");
        })) {
            test.dial(listener.local()).receivesReset();
        }
        assertEquals(5, failures());
        dial().send("+");
        test.turnUntil("the last one is open", () -> recorder.log().contains("open"));
        assertEquals(5, failures());
    }

    private long failures() {
        return test.inside.counters().handshakesFailed();
    }

    @Test
    void theLogNamesOneFailureInAMinute() throws IOException {
        for (int i = 0; i < 3; i++) {
            dial().send("-").receivesEnd().close();
        }
        log.says("The gate handshake with ");
        log.says("refused");
        assertEquals(1, log.lines());
        test.pass(Duration.ofMinutes(1));
        dial().send("-").receivesEnd().close();
        assertEquals(2, log.lines());
        log.says("Failures on this loop so far: 4");
    }

    // ---- what a stage may rely on

    @Test
    void nothingIsWrittenToAStageWhileItKeepsSomething(@TempDir Path folder) throws IOException {
        Peer peer = dial();
        peer.send("+");
        test.turnUntil("it is open", () -> recorder.log().contains("open"));
        byte[] data = Bytes.random(500_000);
        try (FileChannel file = FileChannel.open(Files.write(folder.resolve("file"), data))) {
            test.onLoop(() -> recorder.connection().transfer(file, 0, data.length));
            assertArrayEquals(data, peer.receive(data.length));
        }
    }

    @Test
    void aStageLetsTheConnectionProceedFromAnotherThread() throws Exception {
        List<Gate> gates = new CopyOnWriteArrayList<>();
        handshakeTimeout = Duration.ofHours(1); // nothing else wakes the loop
        try (RunningLoop running = new RunningLoop()) {
            Listener listener = running.call(() -> listen(running.inside, (context, below) -> {
                gates.add(new Gate(context, below));
                return gates.getLast();
            }));
            for (int i = 1; i <= ENOUGH; i++) { // in some of them the loop sleeps already
                int begun = i;
                test.dial(listener.local());
                Await.until("the handshake has begun", () -> gates.size() == begun);
                running.awaitRest();
                gates.getLast().open();
                Await.until("it is open", () -> recorder.count("open") == begun);
                running.call(() -> {
                    recorder.connection().abort();
                    return true;
                });
            }
        }
    }
}
