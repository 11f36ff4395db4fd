package org.pollux.http.wire.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pollux.http.wire.Bytes;

/** What is sent of a head, and that a decoder reads the same. */
class HpackEncoderTest {

    private HpackEncoder encoder = new HpackEncoder(4096);
    private final HpackDecoder decoder = new HpackDecoder(4096);

    private Bytes encode(String... fields) {
        Bytes out = new Bytes(16);
        encoder.begin(out);
        for (int i = 0; i < fields.length; i += 2) {
            byte[] octets = ("." + fields[i] + fields[i + 1]).getBytes(StandardCharsets.ISO_8859_1);
            encoder.field(octets, 1, fields[i].length(), fields[i + 1].length(), out);
        }
        return out;
    }

    private static String hex(Bytes block) {
        byte[] bytes = new byte[block.size()];
        block.content().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String decoded(Bytes block) {
        StringBuilder lines = new StringBuilder();
        assertTrue(decoder.decode(
                block.content(),
                (octets, from, name, value) -> lines.append(new String(octets, from, name, StandardCharsets.ISO_8859_1))
                        .append('=')
                        .append(new String(octets, from + name, value, StandardCharsets.ISO_8859_1))
                        .append(' ')));
        return lines.toString();
    }

    @Test
    void theRequestsOfAppendixC4() {
        assertEquals(
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                hex(encode(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com")));
        assertEquals(
                "828684be5886a8eb10649cbf",
                hex(encode(
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":path",
                        "/",
                        ":authority",
                        "www.example.com",
                        "cache-control",
                        "no-cache")));
        assertEquals(
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
                hex(encode(
                        ":method",
                        "GET",
                        ":scheme",
                        "https",
                        ":path",
                        "/index.html",
                        ":authority",
                        "www.example.com",
                        "custom-key",
                        "custom-value")));
    }

    @Test
    void whatDiffersEachTimeIsNotAddedAndASecretIsMarked() {
        assertEquals("0f0d8308996b", hex(encode("content-length", "1234")));
        assertEquals("content-length=1 ", decoded(encode("content-length", "1")));
        assertEquals(0x1f, encode("set-cookie", "a=b").content().get(0)); // 0001 1111: never indexed, an index follows
        assertEquals("set-cookie=a=b ", decoded(encode("set-cookie", "a=b")));
        assertEquals(6, encode("set-cookie", "a=b").size());
        assertEquals(0, decoded(encode()).length());
    }

    @Test
    void aFieldThatWouldTakeOutAllOthersIsNotAdded() {
        String large = "\u00FC".repeat(1000);
        assertEquals("x=" + large + " ", decoded(encode("x", large)));
        assertTrue(encode("x", large).size() > 1000);
    }

    @Test
    void statuses() {
        Bytes out = new Bytes(16);
        encoder.status(200, out);
        encoder.status(404, out);
        encoder.status(418, out);
        encoder.status(418, out);
        assertEquals("888d", hex(out).substring(0, 4));
        assertEquals(":status=200 :status=404 :status=418 :status=418 ", decoded(out));
    }

    @Test
    void thePeerIsToldOfSmallerAndLargerTables() {
        encode("a", "b", "c", "d");
        decoded(encode());
        encoder = new HpackEncoder(4096);
        assertEquals("a=b c=d ", decoded(encode("a", "b", "c", "d")));
        encoder.limit(1_000_000);
        assertEquals("", hex(encode())); // more than its own limit changes nothing
        encoder.limit(34);
        encoder.limit(60);
        assertEquals("3f033f1d", hex(encode())); // the least size between, and the present one
        encoder.limit(0);
        assertEquals("20" + "00016300", hex(encode("c", ""))); // nothing can be added
        encoder = new HpackEncoder(0);
        assertEquals("20", hex(encode()));
    }

    @Test
    void whateverIsEncodedIsDecoded() {
        Random random = new Random(7541);
        for (int round = 0; round < 3000; round++) {
            String[] fields = new String[2 * random.nextInt(6)];
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < fields.length; i += 2) {
                fields[i] = random.nextInt(3) == 0 ? "cache-control" : "n" + random.nextInt(40);
                byte[] value = new byte[random.nextInt(30)];
                random.nextBytes(value);
                fields[i + 1] = random.nextBoolean()
                        ? "value " + random.nextInt(20)
                        : new String(value, StandardCharsets.ISO_8859_1);
                expected.append(fields[i]).append('=').append(fields[i + 1]).append(' ');
            }
            if (random.nextInt(50) == 0) {
                encoder.limit(random.nextInt(5000));
            }
            assertEquals(expected.toString(), decoded(encode(fields)));
        }
    }
}
