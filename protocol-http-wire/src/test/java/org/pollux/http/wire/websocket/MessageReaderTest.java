package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.wire.Bytes;

/**
 * What a peer may send (RFC 6455, sections 5 to 7), case by case, after the list of Autobahn. Each case is read whole, in
 * parts of several sizes, cut at each octet and in pieces, and must give the same.
 */
class MessageReaderTest {

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Frames of a server: a reader of the client's frames also unmasks. */
    private static String read(String hex) {
        return String.join(", ", Read.all(Side.SERVER, false, bytes(hex)));
    }

    private static byte[] frame(Opcode opcode, boolean last, int key, byte[] payload) {
        Bytes out = new Bytes(0);
        FrameWriter.frame(out, opcode, last, false, key, ByteBuffer.wrap(payload));
        return Arrays.copyOf(out.array(), out.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the example of the RFC            | 81 05 48656c6c6f                          | text Hello",
                "an empty text                     | 81 00                                     | text",
                "an empty binary message           | 82 00                                     | binary",
                "binary octets                     | 82 02 00ff                                | binary 00ff",
                "fragments                         | 01 03 48656c 80 02 6c6f                   | text Hello",
                "many fragments                    | 02 01 01 00 01 02 00 01 03 80 01 04       | binary 01020304",
                "empty fragments                   | 01 00 00 00 80 00                         | text",
                "an empty last fragment            | 01 01 61 80 00                            | text a",
                "an empty first fragment           | 01 00 80 01 61                            | text a",
                "a ping between fragments          | 01 01 61 89 02 0102 80 01 62              | ping 0102, text ab",
                "pings and pongs between fragments | 01 01 61 89 00 8a 01 07 00 00 89 00 80 00 | ping, pong 07, ping, text a",
                "two messages                      | 81 01 61 82 01 62                         | text a, binary 62",
                "an empty ping                     | 89 00                                     | ping",
                "a pong that was not asked for     | 8a 03 010203                              | pong 010203",
                "a close without a code            | 88 00                                     | close 1005",
                "a close                           | 88 02 03e8                                | close 1000",
                "a close with a reason             | 88 05 03e8 627965                         | close 1000 bye",
                "a close inside a message          | 01 01 61 88 02 03e9                       | close 1001",
                "nothing behind a close            | 88 02 03e8 81 01 61                       | close 1000",
                "a close inside a character        | 01 01 e2 88 05 03e8 e282ac                | close 1000 €",
            })
    void aPeerMaySend(String what, String frames, String seen) {
        assertEquals(seen, read(frames), what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RSV1 without compression           | c1 00             | fault 1002",
                "RSV2                               | a1 00             | fault 1002",
                "RSV3                               | 91 00             | fault 1002",
                "all reserved bits                  | f1 00             | fault 1002",
                "a reserved bit of a ping           | c9 00             | fault 1002",
                "a reserved bit of a close          | c8 00             | fault 1002",
                "a reserved bit of a continuation   | 01 00 c0 00       | fault 1002",
                "opcode 3                           | 83 00             | fault 1002",
                "opcode 7                           | 87 00             | fault 1002",
                "opcode 11                          | 8b 00             | fault 1002",
                "opcode 15                          | 8f 00             | fault 1002",
                "a reserved opcode behind a message | 81 01 61 84 00    | text a, fault 1002",
                "a fragmented ping                  | 09 00             | fault 1002",
                "a fragmented pong                  | 0a 00             | fault 1002",
                "a fragmented close                 | 08 00             | fault 1002",
                "a ping of 126 octets               | 89 7e 007e        | fault 1002",
                "a close of 126 octets              | 88 7e 007e        | fault 1002",
                "a ping with a long length          | 89 7f             | fault 1002",
                "a continuation of nothing          | 80 01 61          | fault 1002",
                "a continuation behind a message    | 81 01 61 80 01 62 | text a, fault 1002",
                "a text inside a text               | 01 01 61 81 01 62 | fault 1002",
                "a binary message inside a text     | 01 01 61 02 01 62 | fault 1002",
                "a length of 5 in two octets        | 82 7e 0005        | fault 1002",
                "a length of 125 in two octets      | 82 7e 007d        | fault 1002",
                "a length of 5 in eight octets      | 82 7f 0000000000000005 | fault 1002",
                "a length of 65535 in eight octets  | 82 7f 000000000000ffff | fault 1002",
                "a length with the highest bit      | 82 7f 8000000000000001 | fault 1002",
                "a masked frame of a server         | 81 80 01020304    | fault 1002",
                "a close of one octet               | 88 01 03          | fault 1002",
                "a reason that is not UTF-8         | 88 03 03e8 80     | fault 1007",
                "a reason that ends in a character  | 88 04 03e8 e282   | fault 1007",
                "a message beyond the limit         | 82 7f 0000000000011171 | fault 1009",
                "a message of 2^62 octets           | 82 7f 4000000000000000 | fault 1009",
            })
    void aPeerThatBreaksARuleIsCutWith(String what, String frames, String seen) {
        assertEquals(seen, read(frames), what);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void aCloseCodeMayBe(int code) {
        assertEquals("close " + code, read("88 02 " + HexFormat.of().toHexDigits((short) code)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void aCloseCodeMustNotBe(int code) {
        assertEquals("fault 1002", read("88 02 " + HexFormat.of().toHexDigits((short) code)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f48fbfbf",
                "cebae1bdb9cf83cebcceb5",
                "6161616161616161c3a461616161616161616161"
            })
    void aTextMayHave(String octets) {
        byte[] text = bytes(octets);
        List<String> expected = List.of("text " + new String(text, UTF_8));
        assertEquals(expected, Read.all(Side.SERVER, false, frame(Opcode.TEXT, true, 0, text)));
        assertEquals(expected, Read.all(Side.CLIENT, false, frame(Opcode.TEXT, true, 0x1234_5678, text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0",
                "c080",
                "c1bf",
                "c2",
                "c27f",
                "c2c0",
                "e0",
                "e08080",
                "e09fbf",
                "e0a0",
                "eda080",
                "edbfbf",
                "f0",
                "f08f8080",
                "f0808080",
                "f4908080",
                "f5808080",
                "f888808080",
                "fe",
                "ff",
                "6161616161616161ff",
                "cebae1bdb9cf83cebcceb5eda080"
            })
    void aTextMustNotHave(String octets) {
        assertEquals(List.of("fault 1007"), Read.all(Side.SERVER, false, frame(Opcode.TEXT, true, 0, bytes(octets))));
    }

    @Test
    void aCharacterMayBeSpreadOverFragments() {
        assertEquals("text €", read("01 01 e2 00 01 82 80 01 ac"));
        assertEquals("ping, text €", read("01 01 e2 89 00 80 02 82ac"));
    }

    @Test
    void aTextIsRefusedAtTheFirstWrongOctetOfAnyFragment() {
        assertEquals("fault 1007", read("01 01 e2 00 01 28")); // the message has not ended
        assertEquals("fault 1007", read("01 7e 1000 cebae1bdb9 f4908080")); // nor has the frame
        assertEquals("fault 1007", read("01 01 e2 80 00"));
    }

    @Test
    void aFrameOfAClientMustBeMasked() {
        assertEquals(
                List.of("text Hello"), Read.all(Side.CLIENT, false, bytes("81 85 37fa213d 7f9f4d5158"))); // of the RFC
        assertEquals(List.of("fault 1002"), Read.all(Side.CLIENT, false, bytes("81 05 48656c6c6f")));
        assertEquals(List.of("fault 1002"), Read.all(Side.CLIENT, false, bytes("89 00")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 70_000})
    void eachLengthHasItsForm(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        String seen =
                ("binary " + (length > 64 ? "of " + length : HexFormat.of().formatHex(payload))).strip();
        assertEquals(List.of(seen), Read.all(Side.SERVER, false, frame(Opcode.BINARY, true, 0, payload)));
        assertEquals(List.of(seen), Read.all(Side.CLIENT, false, frame(Opcode.BINARY, true, 0x0102_0304, payload)));
    }

    @Test
    void theLimitCountsAllFragments() {
        byte[] half = frame(Opcode.BINARY, false, 0, new byte[Read.MOST / 2]);
        byte[] rest = frame(Opcode.CONTINUATION, true, 0, new byte[Read.MOST / 2]);
        assertEquals(List.of("binary of " + Read.MOST), Read.all(Side.SERVER, false, joined(half, rest)));
        byte[] more = frame(Opcode.CONTINUATION, true, 0, new byte[Read.MOST / 2 + 1]);
        assertEquals(List.of("fault 1009"), Read.all(Side.SERVER, false, joined(half, more)));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
