package org.pollux.it.stages;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.tls.HandshakeLimits;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.jsse.JsseEngine;
import org.pollux.reactor.tls.openssl.OpenSslEngine;
import org.pollux.samples.backend.PollBackend;

/** The contract of connections with stages, where the stage is TLS: every engine on every backend, and exchanges of both. */
@ParameterizedClass(name = "{0}")
@MethodSource("pairs")
@Timeout(120)
final class TlsStageContractTest {

    private static final int STREAMS = 20;
    private static final int PIECE = 700;

    private final Pair pair;
    private final ManualClock clock = new ManualClock();
    private final TlsEnds ends;
    private @Nullable TurnedReactor opened;

    record Pair(String name, Backend backend, TlsEngine engine) {

        /** With faults, when the run injects them. */
        Pair {
            backend = TestedBackend.of(backend);
        }

        @Override
        public String toString() {
            return name;
        }

        TlsEngine anotherVersion() {
            return engine instanceof JsseEngine ? new JsseEngine() : new OpenSslEngine();
        }
    }

    TlsStageContractTest(Pair pair) throws IOException {
        this.pair = pair;
        this.ends = new TlsEnds(pair.engine());
        EventLoop loop = new EventLoop(pair.backend(), clock);
        opened = new TurnedReactor(
                new SwappableReactor(
                        StagedReactor.of(loop, ends.ofServer(), ends.ofClients()), loop::turn, loop::moveTo),
                clock);
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair("openssl on nio", new NioBackend(), new OpenSslEngine()),
                new Pair("openssl on libevent", new LibeventBackend(), new OpenSslEngine()),
                new Pair("openssl on poll", new PollBackend(), new OpenSslEngine()),
                new Pair("jsse on nio", new NioBackend(), new JsseEngine()),
                new Pair("jsse on libevent", new LibeventBackend(), new JsseEngine()));
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private TurnedReactor test() {
        return requireNonNull(opened);
    }

    private void swap() {
        try {
            test().moveTo(pair.backend());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Echo extends Recorder {
        @Override
        protected void data(Connection c, ByteBuffer in) {
            c.write(in.duplicate());
            take(in);
        }
    }

    private Recorder connect(Listener listener, Recorder client) {
        test().reactor().connect(listener.local(), client);
        return client;
    }

    private void untilOpen(Recorder... some) {
        test().turnUntil(
                        "all are open",
                        () -> Stream.of(some).allMatch(one -> one.log().contains("open")));
    }

    // ---- exchanges

    @Test
    void checkedStreamsNoticeNeitherSwapsNorRenewalsNorTheNextVersionOfTheEngine() {
        byte[] data = Bytes.random(200 * PIECE);
        List<Recorder> streams = new ArrayList<>();
        try (Listener listener = test().listen(_ -> new Echo())) {
            for (int i = 0; i < STREAMS; i++) {
                streams.add(connect(listener, new Recorder()));
            }
            untilOpen(streams.toArray(Recorder[]::new));
            for (int i = 0; i < 200; i++) {
                ByteBuffer piece = ByteBuffer.wrap(data, i * PIECE, PIECE);
                test().onLoop(() ->
                        streams.forEach(stream -> stream.connection().write(piece.duplicate())));
                swap();
                if (i % 4 == 1) {
                    ends.renew();
                } else if (i % 4 == 3) {
                    ends.exchange(pair.anotherVersion());
                }
                test().turn();
            }
            test().turnUntil("all comes back", () -> streams.stream().allMatch(stream -> stream.size() == data.length));
            Recorder last = connect(listener, new Recorder());
            untilOpen(last);
            assertEquals(
                    ends.certificate().certificate(),
                    last.connection().tls().orElseThrow().peerChain().getFirst());
        }
        for (Recorder stream : streams) {
            assertArrayEquals(data, stream.bytes());
            assertEquals(List.of("open", "data"), stream.log());
        }
    }

    @Test
    void aConnectionWaitsForAnEngine() {
        ends.removeEngine();
        try (Listener listener = test().listen(_ -> new Echo())) {
            Recorder client = connect(listener, new Recorder());
            test().settle();
            assertEquals(List.of(), client.log());
            ends.bringEngine();
            untilOpen(client);
        }
    }

    // ---- bytes, files, ends

    @Test
    void muchIsSentWithHonestWatermarksAndTheFinComesBehindIt() {
        Recorder server = new Recorder();
        try (Listener listener = test().listen(_ -> server)) {
            Recorder client = connect(listener, new Recorder());
            untilOpen(client, server);
            byte[] data = Bytes.random(5 * Bytes.MB);
            test().onLoop(() -> {
                boolean below = server.connection().write(ByteBuffer.wrap(data));
                assertTrue(!below && server.connection().pending() > 0);
                server.connection().closeOutput();
            });
            test().turnUntil("all is there", () -> client.log().contains("inputClosed"));
            assertArrayEquals(data, client.bytes());
            assertEquals(0, server.connection().pending());
            test().turnUntil("both end", () -> client.isClosed() && server.isClosed());
            assertEquals("none", client.causeMessage());
            assertEquals("none", server.causeMessage());
        }
    }

    @Test
    void aHalfClosedConnectionIsStillHeard() {
        Recorder server = new Recorder() {
            @Override
            protected void inputClosed(Connection c) {
                c.write(Bytes.of("still heard"));
                c.close();
            }
        };
        try (Listener listener = test().listen(_ -> server)) {
            Recorder client = connect(listener, new Recorder());
            untilOpen(client, server);
            test().onLoop(() -> client.connection().closeOutput());
            test().turnUntil("it ends", client::isClosed);
            assertEquals("still heard", client.text());
            assertEquals("none", client.causeMessage());
        }
    }

    @Test
    void aFileIsSentInPiecesWhileTheBackendIsSwapped(@TempDir Path folder) throws IOException {
        byte[] data = Bytes.random(3 * Bytes.MB);
        Path path = Files.write(folder.resolve("file"), data);
        Recorder server = new Recorder();
        try (Listener listener = test().listen(_ -> server);
                FileChannel file = FileChannel.open(path)) {
            Recorder client = connect(listener, new Recorder());
            untilOpen(client, server);
            test().onLoop(() -> server.connection().transfer(file, 0, data.length));
            test().turnUntil("all is there", () -> {
                swap();
                return client.size() == data.length;
            });
            assertArrayEquals(data, client.bytes());
        }
    }

    // ---- rude clients

    @Test
    void aClientThatStallsAtAnyByteOfItsHelloIsResetWhenItsTimeIsOver() {
        byte[] hello = ends.hello();
        try (Listener listener = test().listen(_ -> new Echo())) {
            List<Peer> peers = new ArrayList<>();
            for (int length : new int[] {0, 1, 5, 6, hello.length / 2, hello.length - 1, hello.length}) {
                peers.add(test().dial(listener.local()).send(Arrays.copyOf(hello, length)));
            }
            test().turnUntil("all are under way", () -> ends.counts.underWay() == peers.size());
            test().settle();
            test().pass(StageFactory.HANDSHAKE_TIMEOUT);
            peers.forEach(Peer::receivesReset);
            assertEquals(0, ends.counts.underWay());
            assertEquals(peers.size(), ends.counts.unfinished());
        }
    }

    @Test
    void garbageAfterTheHelloIsRefusedWithAnAlertThatCanBeRead() {
        try (Listener listener = test().listen(_ -> new Echo())) {
            Peer peer = test().dial(listener.local()).send(ends.hello());
            test().turnUntil("it responds", () -> peer.receiveSome().size() > 0);
            peer.send("this is no TLS, and much of it".repeat(1000));
            peer.receivesEnd();
            assertEquals(
                    1,
                    ends.counts.failed().values().stream()
                            .mapToLong(count -> count)
                            .sum());
        }
    }

    @Test
    void aPeerThatEndsInTheMiddleOfItsHelloIsATruncation() {
        try (Listener listener = test().listen(_ -> new Echo())) {
            Peer peer = test().dial(listener.local()).send(Arrays.copyOf(ends.hello(), 20));
            peer.closeOutput();
            peer.receivesEnd();
            assertEquals(
                    1, ends.counts.failed().getOrDefault(TlsException.Reason.TRUNCATED, 0L) + ends.counts.unfinished());
        }
    }

    @Test
    void handshakesBeyondTheirPrivateKeyOperationsWaitForLaterTurnsAndAreAllDone() {
        ends.limits = new HandshakeLimits(StageFactory.HANDSHAKE_TIMEOUT, 1000, 1);
        try (Listener listener = test().listen(_ -> new Echo())) {
            Recorder[] clients = new Recorder[8];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = connect(listener, new Recorder());
            }
            untilOpen(clients);
            test().turnUntil("all are done", () -> ends.counts.underWay() == 0);
            assertTrue(ends.counts.timesHeldBack() > 0, "some had to wait");
        }
    }
}
