package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.TurnedReactor;

/** Who counts connections by their peers hears of each end once, of those too whose handshake fails. */
class ConnectionTallyTest {

    private final TestLoop test;
    private final List<SocketAddress> gone = new ArrayList<>();
    private final ConnectionTally tally = new ConnectionTally("test", gone::add);

    ConnectionTallyTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Takes one byte before all else: an "e" is an error, an "f" is a fault. */
    private static final class Letter extends Stage {

        private final ByteBuffer one = ByteBuffer.allocate(1);

        Letter(StageContext context, Transport below) {
            super(context, below);
        }

        @Override
        protected boolean shake() throws IOException {
            if (below.read(one.clear()) == 0) {
                return false;
            }
            return switch (one.get(0)) {
                case 'e' -> throw new IOException("made to fail");
                case 'f' -> throw new IllegalStateException("made to fail");
                default -> true;
            };
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return below.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return below.write(data, from, count);
        }
    }

    private static final StageFactory LETTER = new StageFactory() {
        @Override
        public String name() {
            return "letter";
        }

        @Override
        public Stage open(StageContext context, Transport below) {
            return new Letter(context, below);
        }
    };

    private interface Life {
        void live(Peer peer);
    }

    private void isHeardOfOnce(Life life) {
        try (Listener listener = StreamStart.listen(
                        test.inside,
                        TurnedReactor.anyPort(),
                        _ -> new Recorder(),
                        ListenOptions.DEFAULTS,
                        tally,
                        List.of(LETTER));
                Peer peer = test.dial(listener.local())) {
            test.turnUntil("it is accepted", () -> tally.open() == 1);
            assertEquals(List.of(), gone);
            SocketAddress address = peer.local();
            life.live(peer);
            test.turnUntil("it has ended", () -> tally.open() == 0);
            test.settle();
            assertEquals(List.of(address), gone);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anOrderlyEnd() {
        isHeardOfOnce(peer -> {
            peer.send("ok");
            test.settle();
            peer.closeOutput();
        });
    }

    @Test
    void aReset() {
        isHeardOfOnce(peer -> {
            peer.send("ok");
            test.settle();
            peer.reset();
        });
    }

    @Test
    void aHandshakeThatFails() {
        isHeardOfOnce(peer -> {
            peer.send("e");
            test.settle();
            peer.closeOutput();
        });
    }

    @Test
    void aHandshakeWithAFault() {
        try (CapturedLog log = new CapturedLog()) {
            isHeardOfOnce(peer -> peer.send("f"));
            log.says("made to fail");
        }
    }

    @Test
    void aHandshakeThatTakesTooLong() {
        isHeardOfOnce(_ -> test.pass(StageFactory.HANDSHAKE_TIMEOUT));
    }

    @Test
    void aResetDuringTheHandshake() {
        isHeardOfOnce(Peer::reset);
    }
}
