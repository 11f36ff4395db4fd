package org.pollux.http.server.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Http2Limits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;

/**
 * The server's settings bind a client that has acknowledged them (RFC 9113, section 6.5.3). Until then it may do what the initial
 * settings allow, because it sends requests before it has seen any.
 */
class Http2SettingsTest {

    private static final byte[] ACK = Http2Peer.frame(Http2Peer.SETTINGS, Http2Peer.ACK, 0);
    private static final String[] FIELDS = {
        ":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "h", "a", "b".repeat(500)
    };

    private static HandServer server(int window, int table) {
        HttpSettings all = HttpSettings.defaults();
        Http2Limits limits = Http2Limits.defaults();
        return FrameCasesTest.server(new HttpSettings(
                all.head(),
                all.body(),
                all.connection(),
                new Http2Limits(
                        limits.streams(),
                        window,
                        limits.connectionWindow(),
                        table,
                        limits.continuations(),
                        limits.resets(),
                        limits.resetRate(),
                        limits.overhead(),
                        limits.overheadRate(),
                        limits.controlFrames()),
                all.server()));
    }

    private final HandServer server = server(10_000, 100);
    private final Http2Peer peer = begin();

    private Http2Peer begin() {
        Http2Peer begun = new Http2Peer(server.connect()).begin();
        server.reactor.settle();
        begun.received();
        return begun;
    }

    private String outcome() {
        server.reactor.settle();
        return Outcome.of(peer);
    }

    private void data(int stream, int length) {
        peer.send(Http2Peer.frame(Http2Peer.DATA, 0, stream, new byte[length]));
    }

    private void manyData() {
        for (int i = 0; i < 4; i++) {
            data(1, 16_000);
        }
    }

    @Test
    void theInitialWindowHoldsUntilASmallerOneIsAcknowledged() {
        peer.send(peer.post(1, "/never"));
        manyData();
        peer.send(peer.post(3, "/never"));
        data(3, 9_000);
        peer.send(ACK);
        data(3, 1_000);
        peer.send(peer.post(5, "/never"));
        assertEquals("", outcome());
        data(3, 1);
        data(5, 10_001);
        assertEquals("RST 3 FLOW_CONTROL_ERROR, RST 5 FLOW_CONTROL_ERROR", outcome());
    }

    @Test
    void whatWasSentBeforeASmallerWindowComesBackWhenItIsRead() {
        List<Runnable> reads = new ArrayList<>();
        server.with(
                Mount.at("/later").methods("*"),
                (request, response) -> reads.add(() -> request.body().read(in -> in.position(in.limit()))));
        peer.send(peer.post(1, "/later"));
        manyData();
        peer.send(ACK);
        assertEquals("", outcome());
        reads.getFirst().run();
        server.reactor.settle();
        int told = peer.received().stream()
                .filter(frame -> frame.type() == Http2Peer.WINDOW_UPDATE && frame.stream() == 1)
                .mapToInt(frame -> frame.number(0))
                .sum();
        assertEquals(64_000, told);
        data(1, 10_000);
        assertFalse(outcome().contains("FLOW_CONTROL_ERROR"));
    }

    @Test
    void theInitialTableHoldsUntilASmallerOneIsAcknowledged() {
        peer.send(peer.headers(1, 1, FIELDS), peer.headers(3, 1, FIELDS));
        assertEquals("1 200 /a, 3 200 /a", outcome());
        peer.send(ACK, resized(5, 100));
        assertEquals("5 200 /a", outcome());
        peer.send(resized(7, 101));
        assertEquals("GOAWAY 5 COMPRESSION_ERROR", outcome());
    }

    private byte[] resized(int stream, int octets) {
        byte[] block = new Http2Peer(peer.connection()).block(FIELDS);
        return Http2Peer.frame(
                Http2Peer.HEADERS, 5, stream, FrameCasesTest.joined(new byte[] {0x3F, (byte) (octets - 31)}, block));
    }

    /** RFC 9113, section 4.3.1. */
    @Test
    void aClientThatHasAcknowledgedASmallerTableMustMakeItsOwnSmaller() {
        peer.send(peer.headers(1, 1, FIELDS), ACK, peer.headers(3, 1, FIELDS));
        assertEquals("1 200 /a, GOAWAY 1 COMPRESSION_ERROR", outcome());
    }

    /** RFC 7541, section 4.2: the size in between has emptied the table of the client. */
    @Test
    void aSizeOfTheTableThatIsTakenBackInTheSameFrameIsAcknowledgedToo() {
        peer.send(Http2Peer.settings(1, 0, 1, 50), peer.get(1, "/a"));
        server.reactor.settle();
        byte[] head = peer.received().stream()
                .filter(frame -> frame.type() == Http2Peer.HEADERS)
                .findFirst()
                .orElseThrow()
                .payload();
        assertArrayEquals(new byte[] {0x20, 0x3F, 50 - 31}, Arrays.copyOf(head, 3));
    }

    @Test
    void aClientThatHasNoFieldsInItsTableNeedNotSayThatItIsSmaller() {
        peer.send(ACK, peer.get(1, "/a"));
        assertEquals("1 200 /a", outcome());
    }
}
