package org.pollux.http.wire.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7541, appendix C, and blocks that no honest peer sends. */
class HpackDecoderTest {

    private static final int TABLE = 4096;

    private HpackDecoder decoder = new HpackDecoder(TABLE);

    /** The fields of a block, one a line; null when it is malformed. */
    private @Nullable String decode(String hex) {
        StringBuilder lines = new StringBuilder();
        boolean valid = decoder.decode(
                ByteBuffer.wrap(bytes(hex)),
                (octets, from, nameLength, valueLength) -> lines.append(text(octets, from, nameLength))
                        .append(": ")
                        .append(text(octets, from + nameLength, valueLength))
                        .append('\n'));
        return valid ? lines.toString() : null;
    }

    private static String text(byte[] octets, int from, int length) {
        return new String(octets, from, length, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    // ---- appendix C

    @Test
    void c2FieldsOfEachKind() {
        assertEquals("custom-key: custom-header\n", decode("400a637573746f6d2d6b65790d637573746f6d2d686561646572"));
        assertEquals("custom-key: custom-header\n", decode("be")); // it was added
        decoder = new HpackDecoder(TABLE);
        assertEquals(":path: /sample/path\n", decode("040c2f73616d706c652f70617468"));
        assertEquals("password: secret\n", decode("100870617373776f726406736563726574"));
        assertEquals(":method: GET\n", decode("82"));
        assertNull(decode("be")); // nothing was added
    }

    private void requests(String first, String second, String third) {
        assertEquals(":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\n", decode(first));
        assertEquals(
                ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\ncache-control: no-cache\n",
                decode(second));
        assertEquals("""
                :method: GET
                :scheme: https
                :path: /index.html
                :authority: www.example.com
                custom-key: custom-value
                """, decode(third));
    }

    @Test
    void c3Requests() {
        requests(
                "828684410f7777772e6578616d706c652e636f6d",
                "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
    }

    @Test
    void c4RequestsInHuffmanCode() {
        requests(
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
    }

    private void responses(String first, String second, String third) {
        decoder = new HpackDecoder(256);
        String common =
                "cache-control: private\ndate: Mon, 21 Oct 2013 20:13:21 GMT\nlocation: https://www.example.com\n";
        assertEquals(":status: 302\n" + common, decode(first));
        assertEquals(":status: 307\n" + common, decode(second)); // the first status was taken out
        assertEquals("""
                :status: 200
                cache-control: private
                date: Mon, 21 Oct 2013 20:13:22 GMT
                location: https://www.example.com
                content-encoding: gzip
                set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1
                """, decode(third));
    }

    @Test
    void c5ResponsesWithATableOf256Octets() {
        responses("""
                4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54
                6e1768747470733a2f2f7777772e6578616d706c652e636f6d""", "4803333037c1c0bf", """
                88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d
                4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b20766572
                73696f6e3d31""");
    }

    @Test
    void c6ResponsesInHuffmanCode() {
        responses("""
                488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b
                97c8e9ae82ae43d3""", "4883640effc1c0bf", """
                88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdf
                cd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007""");
    }

    // ---- what no honest peer sends

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // the index 0
                "be", // an index behind the tables
                "ff00", // the same, in two octets
                "7e0161", // the name of no field
                "ff", // an integer that does not end
                "ff808080",
                "ffffffffff0f", // an integer beyond every limit
                "ff8080808000", // one that is longer than it needs to be
                "40", // no name
                "400161", // no value
                "40016102", // a value that is longer than the block
                "407fffffff7f61", // a name that is much longer
                "40ffffffffff", // a length that does not end
                "008161820161", // Huffman: a code that is cut off
            })
    void isMalformed(String hex) {
        assertNull(decode(hex), hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1c", // a with a 0 in its padding: 00011 100
                "1fff", // eight more bits of padding
                "ffffffff", // the symbol for the end, with padding
                "ffffffff3f",
                "07fffffffc", // behind a 0
            })
    void huffmanCodeIsPaddedWithTheFewestOnes(String code) {
        assertNull(decode("000161" + HexFormat.of().toHexDigits((byte) (0x80 | code.length() / 2)) + code), code);
    }

    @Test
    void anEmptyHuffmanCodeIsAnEmptyValue() {
        assertEquals("a: \n", decode("00016180"));
        assertEquals("a: a\n", decode("000161811f"));
    }

    @Test
    void theTableIsResizedAtTheBeginningOfABlockOnlyAndNotBeyondWhatWasTold() {
        String added = "400161016240016301 64"; // a: b, c: d
        assertEquals("a: b\nc: d\n", decode(added));
        assertEquals("c: d\na: b\n", decode("bebf"));
        assertEquals("c: d\n", decode("3f03be")); // 34 octets: one field
        assertNull(decode("bf"));
        decoder = new HpackDecoder(TABLE);
        assertEquals("a: b\nc: d\n", decode("203fe11f" + added)); // to nothing, and to 4096 again
        assertEquals("c: d\n", decode("be"));
        assertNull(decode("823fe11f"));
        assertNull(new HpackDecoderTest().decode("3fe21f")); // 4097
        assertNull(new HpackDecoderTest().decode("3fffffffff7f"));
        assertEquals("", new HpackDecoderTest().decode("20"));
    }

    @Test
    void aFieldThatIsLargerThanTheTableEmptiesIt() {
        decoder = new HpackDecoder(64);
        assertEquals("a: b\n", decode("4001610162"));
        assertEquals("c: " + "d".repeat(40) + "\n", decode("40016328" + "64".repeat(40)));
        assertNull(decode("be"));
    }

    @Test
    void aNameThatIsTakenOutWhileItsFieldIsAddedStaysWhole() {
        decoder = new HpackDecoder(64);
        assertEquals("name: value\n", decode("40046e616d650576616c7565"));
        assertEquals("name: " + "x".repeat(20) + "\n", decode("7e14" + "78".repeat(20)));
        assertEquals("name: " + "x".repeat(20) + "\n", decode("be"));
    }

    /** A bomb costs its receiver what it keeps: the decoder passes each field on, and copies none. */
    @Test
    void aSmallBlockOfALargeFieldIsPassedOnWithoutACopy() {
        assertTrue(decoder.decode(ByteBuffer.wrap(bytes("4001617f" + "a11e" + "62".repeat(4000))), (o, f, n, v) -> {}));
        long[] octets = new long[1];
        ByteBuffer bomb = ByteBuffer.allocate(16 * 1024);
        while (bomb.hasRemaining()) {
            bomb.put((byte) 0xbe);
        }
        long[] calls = new long[1];
        FieldSink sink = (o, f, n, v) -> {
            octets[0] += n + v;
            calls[0]++;
        };
        for (int i = 0; i < 5; i++) {
            decoder.decode(bomb.rewind(), sink);
        }
        long before = allocated();
        assertTrue(decoder.decode(bomb.rewind(), sink));
        assertTrue(allocated() - before < 1000);
        assertEquals(6 * 16 * 1024L, calls[0]);
        assertEquals(6 * 16 * 1024L * 4001, octets[0]);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void whateverComesNothingIsThrown() {
        Random random = new Random(7541);
        List<String> seeds = List.of(
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                "400a637573746f6d2d6b65790d637573746f6d2d686561646572bebebe",
                "3fe11f8287408825a849e95ba97d7f8925a849e95bb8e8b4bf");
        List<Boolean> results = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            byte[] block = bytes(seeds.get(round % seeds.size()));
            for (int change = random.nextInt(4); change >= 0; change--) {
                block[random.nextInt(block.length)] = (byte) random.nextInt();
            }
            results.add(new HpackDecoder(random.nextInt(200))
                    .decode(ByteBuffer.wrap(block), (octets, from, name, value) -> {
                        assertTrue(from >= 0 && name >= 0 && value >= 0 && from + name + value <= octets.length);
                    }));
        }
        assertTrue(results.contains(true));
        assertFalse(results.stream().allMatch(valid -> valid));
    }
}
