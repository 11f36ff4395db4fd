package org.pollux.reactor.runtime.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.runtime.proxy.Headers.bytes;
import static org.pollux.reactor.runtime.proxy.Headers.field;
import static org.pollux.reactor.runtime.proxy.Headers.ipv4;
import static org.pollux.reactor.runtime.proxy.Headers.join;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.StreamStart;
import org.pollux.reactor.runtime.net.Transport;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** A connection from a proxy, by a loop that is turned by hand. */
final class ProxyStageTest {

    private static final SocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 50000);
    private static final SocketAddress DESTINATION = new InetSocketAddress("198.51.100.2", 443);

    private static final StageFactory[] ALL = {new ProxyStages(_ -> true)};

    private final CapturedLog log = new CapturedLog();
    private final TestLoop test;
    private final List<SocketAddress> ended = new ArrayList<>();
    private final ConnectionTally tally = new ConnectionTally("", ended::add);
    private final StringBuilder received = new StringBuilder();
    private final Recorder recorder = new Recorder() {
        @Override
        protected void data(Connection c, ByteBuffer in) {
            while (in.hasRemaining()) {
                received.append((char) in.get());
            }
        }
    };

    ProxyStageTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
        log.close();
    }

    private Peer dial(StageFactory... stages) throws IOException {
        try (Listener listener = StreamStart.listen(
                test.inside,
                TestLoop.anyPort(),
                _ -> recorder,
                ListenOptions.DEFAULTS,
                tally,
                List.of(stages.length == 0 ? ALL : stages))) {
            Peer peer = test.dial(listener.local());
            int before = tally.open();
            test.turnUntil("it is accepted", () -> tally.open() > before);
            return peer;
        }
    }

    private void awaitData(String expected) {
        test.turnUntil("the data is there", () -> received.length() >= expected.length());
        assertEquals(expected, received.toString());
    }

    private boolean isOpen() {
        return recorder.log().contains("open");
    }

    @Test
    void theAddressesAreThoseThatTheProxyTellsBeforeTheProtocolOpens() throws IOException {
        Peer peer = dial();
        assertFalse(isOpen());
        peer.send(ipv4(field(0x01, "h2"), field(0x02, "a.example")));
        test.turnUntil("it is open", this::isOpen);
        Connection connection = recorder.connection();
        assertEquals(CLIENT, connection.remote());
        assertEquals(DESTINATION, connection.local());
        ProxyInfo info = connection.proxy().orElseThrow();
        assertTrue(info.relayed());
        SocketAddress proxy = peer.local();
        assertEquals(proxy, info.peer());
        assertEquals("h2", info.alpn());
        assertEquals("a.example", info.authority());
        assertNull(info.tls());
        peer.close();
        test.turnUntil("it ends", () -> tally.open() == 0);
        assertEquals(List.of(proxy), ended, "the limit of an address counts the proxy's");
    }

    @Test
    void aHeaderMayComeInPiecesAndWithTheFirstBytes() throws IOException {
        byte[] all = join(bytes("PROXY TCP4 192.0.2.1 198.51.100.2 50000 443\r\n"), bytes("GET"));
        Peer peer = dial();
        for (byte one : all) {
            peer.send(new byte[] {one});
            test.turn();
        }
        awaitData("GET");
        assertEquals(CLIENT, recorder.connection().remote());
        received.setLength(0);
        dial().send(join(ipv4(), bytes("first"))).send(" second");
        awaitData("first second");
    }

    @Test
    void aLongHeaderAndMuchBehindItLoseNothing() throws IOException {
        byte[] data = new byte[300_000];
        Arrays.fill(data, (byte) 'd');
        data[0] = 'a';
        data[data.length - 1] = 'z';
        byte[] long4096 = ipv4(field(0xea, new byte[4096 - 28 - 3]));
        Peer peer = dial().send(join(long4096, bytes("begin ")));
        int sent = 0;
        ByteBuffer rest = ByteBuffer.wrap(data);
        while (rest.hasRemaining()) {
            sent += peer.sendSome(rest);
            test.turn();
        }
        assertEquals(data.length, sent);
        test.turnUntil("all is there", () -> received.length() == 6 + data.length);
        assertEquals("begin a", received.substring(0, 7));
        assertEquals('z', received.charAt(received.length() - 1));
    }

    @Test
    void theEndMayFollowAtOnce() throws IOException {
        Peer peer = dial().send(join(ipv4(), bytes("all")));
        peer.closeOutput();
        test.turnUntil("the end is there", () -> recorder.log().contains("inputClosed"));
        assertEquals("all", received.toString());
    }

    @Test
    void whatIsWrittenAndSentFromThereIsAsItIs() throws IOException {
        Peer peer = dial().send(ipv4());
        test.turnUntil("it is open", this::isOpen);
        byte[] data = Bytes.random(Bytes.MB);
        test.onLoop(() -> recorder.connection().write(ByteBuffer.wrap(data)));
        assertArrayEquals(data, peer.receive(data.length));
    }

    @Test
    void aProxyThatSpeaksForItselfHasItsOwnAddress() throws IOException {
        Peer peer = dial().send("PROXY UNKNOWN\r\n");
        test.turnUntil("it is open", this::isOpen);
        assertEquals(peer.local(), recorder.connection().remote());
        assertFalse(recorder.connection().proxy().orElseThrow().relayed());
    }

    @Test
    void aPeerThatIsNoProxyIsNotReadForAHeader() throws IOException {
        Peer peer = dial(new ProxyStages(_ -> false)).send("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n");
        awaitData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n");
        assertEquals(peer.local(), recorder.connection().remote());
        assertTrue(recorder.connection().proxy().isEmpty());
    }

    // ---- faults

    @Test
    void aFaultEndsTheConnectionIsCountedAndTold() throws IOException {
        Peer peer = dial();
        peer.send("GET / HTTP/1.1\r\n\r\n").receivesEnd().close();
        assertEquals(1, test.inside.counters().handshakesFailed());
        log.says("The PROXY handshake with /127.0.0.1:");
        log.says("let the proxy send one");
        dial().send(ipv4(new byte[1])).receivesEnd().close();
        Peer leaving = dial().send("PROXY TCP4");
        leaving.closeOutput();
        leaving.receivesEnd().close();
        assertEquals(3, test.inside.counters().handshakesFailed());
        assertEquals(1, log.lines());
        assertEquals(List.of(), recorder.log());
    }

    @Test
    void aHeaderThatDoesNotComeWithinThreeSecondsIsAFault() throws IOException {
        Peer silent = dial().send("PROXY ");
        test.turn();
        test.pass(ProxyStages.TIMEOUT);
        silent.receivesReset();
        assertEquals(1, test.inside.counters().handshakesFailed());
        log.says("within 3 s");
    }

    @Test
    void aStageAboveThatHasMoreTimeGivesTheHeaderNoMore() throws IOException {
        Peer silent = dial(ALL[0], new StageFactory() {
                    @Override
                    public String name() {
                        return "patient";
                    }

                    @Override
                    public Transport open(StageContext context, Transport below) {
                        return below;
                    }
                })
                .send("PROXY ");
        test.turn();
        test.pass(ProxyStages.TIMEOUT);
        silent.receivesEnd();
        assertEquals(1, test.inside.counters().handshakesFailed());
        log.says("The PROXY header did not come within 3 s");
    }
}
