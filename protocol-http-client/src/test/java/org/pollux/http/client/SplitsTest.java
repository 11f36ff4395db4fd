package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pollux.http.client.exchange.GzipDecoder;
import org.pollux.http.client.h1.ResponseParser;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;

/** A response means the same in whatever pieces it comes. */
final class SplitsTest {

    private static final String HEAD = "HTTP/1.1 200 All right\r\nA: b\r\nContent-Length: 3\r\nC:\t d e \r\n\r\n";

    @Test
    void aHeadIsTheSameInAnyPieces() throws Exception {
        byte[] bytes = (HEAD + "abc").getBytes(ISO_8859_1);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                ResponseParser parser = new ResponseParser(1024);
                ByteBuffer in = ByteBuffer.wrap(bytes);
                boolean whole = false;
                for (int end : new int[] {first, second, bytes.length}) {
                    whole = whole || parser.parse(in.limit(end));
                }
                assertEquals(true, whole);
                assertEquals(HEAD.length(), in.position());
                assertEquals(200, parser.status());
                assertEquals("All right", parser.reason());
                assertEquals("d e", parser.fields().first("c").orElseThrow());
            }
        }
    }

    /** Random damage: whatever is found, it is found in any pieces. */
    @Test
    void aDamagedHeadIsTheSameInAnyPieces() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = HEAD.getBytes(ISO_8859_1);
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\r\n :\0aH/1\u00FF".charAt(random.nextInt(10));
            }
            String whole = found(bytes, bytes.length);
            String single = found(bytes, 1);
            String some = found(bytes, 1 + random.nextInt(9));
            assertEquals(whole, single);
            assertEquals(whole, some);
        }
    }

    private static String found(byte[] bytes, int piece) {
        ResponseParser parser = new ResponseParser(1024);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            for (int end = piece; ; end += piece) {
                if (parser.parse(in.limit(Math.min(end, bytes.length)))) {
                    return parser.status() + parser.reason() + parser.fields().first("A") + in.position();
                }
                if (end >= bytes.length) {
                    return "more";
                }
            }
        } catch (HttpFailure e) {
            return e.reason().name();
        }
    }

    @Test
    void aWholeResponseIsTheSameInAnyTwoPieces() throws Exception {
        byte[] plain = Bytes.random(100);
        byte[] packed = BodiesTest.gzip(plain);
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.writeBytes(HandServer.lines("""
                HTTP/1.1 103 Early Hints

                HTTP/1.1 200 OK
                Content-Encoding: gzip
                Transfer-Encoding: chunked

                64;a="b"
                """).getBytes(ISO_8859_1));
        response.write(packed, 0, 100);
        response.writeBytes(("\r\n" + Integer.toHexString(packed.length - 100) + "\r\n").getBytes(ISO_8859_1));
        response.write(packed, 100, packed.length - 100);
        response.writeBytes("\r\n0\r\nX: y\r\n\r\n".getBytes(ISO_8859_1));
        byte[] bytes = response.toByteArray();
        try (HandServer server = new HandServer()) {
            Peer peer = null;
            for (int split = 1; split < bytes.length; split++) {
                Recorded recorded = server.get("/" + split);
                if (peer == null) {
                    peer = server.accept();
                }
                server.request(peer, split);
                peer.send(java.util.Arrays.copyOf(bytes, split));
                server.turned.settle();
                peer.send(java.util.Arrays.copyOfRange(bytes, split, bytes.length));
                assertArrayEquals(plain, recorded.ends().bytes());
                assertEquals("y", recorded.trailers().first("X").orElseThrow());
            }
        }
    }

    @Test
    void gzipWithEveryPartOfAHeaderAndSeveralMembersIsUndoneInAnyPieces() throws Exception {
        byte[] one = BodiesTest.gzip("one".getBytes(ISO_8859_1));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(one, 0, 3);
        all.write(2 | 4 | 8 | 16);
        all.write(one, 4, 6);
        all.writeBytes(new byte[] {3, 0, 1, 2, 3, 'n', 0, 'c', 0, 9, 9});
        all.write(one, 10, one.length - 10);
        all.writeBytes(BodiesTest.gzip("two".getBytes(ISO_8859_1)));
        byte[] bytes = all.toByteArray();
        for (int piece = 1; piece <= bytes.length; piece++) {
            for (int room : new int[] {1, 2, 100}) {
                assertEquals("onetwo", inflated(bytes, piece, room));
            }
        }
        bytes[bytes.length - 1] ^= 1;
        assertThrows(HttpFailure.class, () -> inflated(bytes, 5, 5));
    }

    private static String inflated(byte[] bytes, int piece, int room) throws HttpFailure {
        StringBuilder text = new StringBuilder();
        ByteBuffer out = ByteBuffer.allocate(room);
        try (GzipDecoder decoder = new GzipDecoder()) {
            for (int at = 0; at < bytes.length; at += piece) {
                ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
                do {
                    decoder.decode(in, out.clear());
                    text.append(ISO_8859_1.decode(out.flip()));
                } while (in.hasRemaining() || out.limit() == room);
            }
            assertEquals(true, decoder.isComplete());
        }
        return text.toString();
    }
}
