package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
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
 * The subjects of the Autobahn test suite that {@link MessageReaderTest}, {@link SessionTest} and {@link DeflateTest} do not have,
 * by its sections. docs/websocket.md has the table.
 */
class CaseListTest {

    private static byte[] frame(Opcode opcode, boolean last, byte[] payload) {
        Bytes out = new Bytes(payload.length + FrameWriter.MOST_HEADER);
        FrameWriter.frame(out, opcode, last, false, 0x1234_5678, ByteBuffer.wrap(payload));
        return Arrays.copyOf(out.array(), out.size());
    }

    private static byte[] joined(List<byte[]> parts) {
        Bytes all = new Bytes(1024);
        parts.forEach(all::add);
        return Arrays.copyOf(all.array(), all.size());
    }

    private static List<String> read(byte[]... frames) {
        return Read.all(Side.CLIENT, false, joined(List.of(frames)));
    }

    // ---- 1: framing

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 127, 128, 65_535, 65_536})
    void textOfEachLengthComesWhole(int length) {
        String text = "*".repeat(length);
        assertEquals(List.of(("text " + text).strip()), read(frame(Opcode.TEXT, true, text.getBytes(UTF_8))));
    }

    // ---- 2: pings and pongs

    @Test
    void tenPingsAndPongsComeInTheirOrder() {
        List<byte[]> frames = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            frames.add(frame(i % 3 == 2 ? Opcode.PONG : Opcode.PING, true, new byte[] {(byte) i}));
            expected.add((i % 3 == 2 ? "pong 0" : "ping 0") + i);
        }
        assertEquals(expected, read(frames.toArray(byte[][]::new)));
    }

    @Test
    void aPingOf125OctetsIsTheLongest() {
        assertEquals(List.of("ping of 125"), read(frame(Opcode.PING, true, new byte[125])));
        assertEquals(List.of("fault 1002"), read(frame(Opcode.PING, true, new byte[126])));
    }

    // ---- 3 and 4: reserved bits and opcodes

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70})
    void eachReservedBitIsRefusedWithEachOpcodeAlsoBehindAMessage(int bits) {
        byte[] text = frame(Opcode.TEXT, true, new byte[] {'a'});
        for (int opcode : new int[] {1, 2, 8, 9, 10}) {
            byte[] wrong = {(byte) (0x80 | bits | opcode), (byte) 0x80, 0, 0, 0, 0};
            assertEquals(List.of("fault 1002"), read(wrong));
            assertEquals(List.of("text a", "fault 1002"), read(text, wrong, text));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void eachReservedOpcodeIsRefusedAlsoBehindAMessage(int opcode) {
        byte[] text = frame(Opcode.TEXT, true, new byte[] {'a'});
        byte[] empty = {(byte) (0x80 | opcode), (byte) 0x80, 0, 0, 0, 0};
        byte[] full = {(byte) (0x80 | opcode), (byte) 0x81, 0, 0, 0, 0, 'x'};
        assertEquals(List.of("fault 1002"), read(empty));
        assertEquals(List.of("text a", "fault 1002"), read(text, full, text));
    }

    // ---- 5: fragments

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "T+a C.b                | text ab",
                "T+a P.p C+b P.q C.c    | ping 70, ping 71, text abc",
                "C+a C.b T.c            | fault 1002",
                "C.a T.b                | fault 1002",
                "T+a T.b                | fault 1002",
                "T+a C.b C.c            | text ab, fault 1002",
                "T+a C+b P.p C.c C+d    | ping 70, text abc, fault 1002",
                "P+p                    | fault 1002",
                "O+p                    | fault 1002",
                "T+a O.o C.b T.c        | pong 6f, text ab, text c",
            })
    void fragments(String frames, String seen) {
        List<byte[]> all = new ArrayList<>();
        for (String word : frames.split(" ", -1)) {
            Opcode opcode = switch (word.charAt(0)) {
                case 'T' -> Opcode.TEXT;
                case 'C' -> Opcode.CONTINUATION;
                case 'P' -> Opcode.PING;
                default -> Opcode.PONG;
            };
            all.add(frame(opcode, word.charAt(1) == '.', new byte[] {(byte) word.charAt(2)}));
        }
        assertEquals(seen, String.join(", ", read(all.toArray(byte[][]::new))), frames);
    }

    // ---- 6: UTF-8, by the table of well-formed sequences of the Unicode Standard (3.9, D92)

    /** The octets that are accepted before the first wrong one; -1 when all are and a character is whole, -2 when it is not. */
    private static int accepted(byte[] octets) {
        Utf8 utf8 = new Utf8();
        for (int i = 0; i < octets.length; i++) {
            if (!utf8.accept(octets, i, i + 1)) {
                return i;
            }
        }
        return utf8.isComplete() ? -1 : -2;
    }

    private static int byTheJdk(byte[] octets) {
        var decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            decoder.decode(ByteBuffer.wrap(octets));
            return -1;
        } catch (CharacterCodingException _) {
            return 0;
        }
    }

    @Test
    void allSequencesOfTwoOctetsAndTheEdgesOfLongerOnesAreAsTheJdkSaysOrRefused() {
        int[] edges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int first = 0; first < 0x100; first++) {
            same((byte) first);
            for (int second = 0; second < 0x100; second++) {
                same((byte) first, (byte) second);
                if (first >= 0xE0) {
                    for (int third : edges) {
                        same((byte) first, (byte) second, (byte) third);
                        for (int fourth : first >= 0xF0 ? edges : new int[0]) {
                            same((byte) first, (byte) second, (byte) third, (byte) fourth);
                        }
                    }
                }
            }
        }
    }

    private static void same(byte... octets) {
        if ((byTheJdk(octets) == -1) != (accepted(octets) == -1)) {
            throw new AssertionError(HexFormat.of().formatHex(octets));
        }
    }

    /** How many octets of each row are well-formed, so that the next one is refused, whatever would follow. */
    @ParameterizedTest
    @CsvSource({
        "c1, 0",
        "f5, 0",
        "ff, 0",
        "80, 0",
        "c27f, 1",
        "dfc0, 1",
        "e09f, 1",
        "e0c0, 1",
        "e17f, 1",
        "ecc0, 1",
        "eda0, 1",
        "ee7f, 1",
        "f08f, 1",
        "f0c0, 1",
        "f17f, 1",
        "f490, 1",
        "e1807f, 2",
        "ed9fc0, 2",
        "f0907f, 2",
        "f3bfc0, 2",
        "f09080c0, 3",
        "f48fbf7f, 3",
        "41f0908080e280, -2",
        "f48fbfbf, -1",
        "efbfbe, -1",
        "ed9fbf, -1"
    })
    void theFirstWrongOctetIsRefused(String octets, int accepted) {
        assertEquals(accepted, accepted(HexFormat.of().parseHex(octets)));
    }

    /** The frame and the message have not ended: no later octet is waited for. */
    @Test
    void aWrongOctetIsToldBeforeItsFrameHasEnded() throws WebSocketFault {
        byte[] frame = frame(Opcode.TEXT, true, HexFormat.of().parseHex("cebae1bdb9eda080" + "61".repeat(40)));
        MessageReader reader = new MessageReader(Side.CLIENT, null, 1000, new SessionMemory(6));
        int header = 2 + 4;
        int wrong = header + "cebae1bdb9ed".length() / 2;
        assertEquals(MessageReader.Found.MORE, reader.next(ByteBuffer.wrap(frame, 0, wrong)));
        WebSocketFault fault = assertThrows(WebSocketFault.class, () -> reader.next(ByteBuffer.wrap(frame, wrong, 1)));
        assertEquals(CloseCode.INVALID_DATA, fault.code());
    }

    // ---- 7: closes

    @Test
    void eachCloseCodeIsAllowedOrRefused() {
        for (int code = 0; code < 0x1_0000; code++) {
            boolean allowed =
                    (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
            assertEquals(allowed, CloseCode.isSendable(code), () -> "a code of a close");
        }
    }

    @Test
    void aReasonHas123OctetsAtMost() {
        byte[] longest = new byte[125];
        Arrays.fill(longest, (byte) 'r');
        longest[0] = 1000 >> 8;
        longest[1] = (byte) 1000;
        assertEquals(List.of("close 1000 " + "r".repeat(123)), read(frame(Opcode.CLOSE, true, longest)));
        assertEquals(List.of("fault 1002"), read(frame(Opcode.CLOSE, true, Arrays.copyOf(longest, 126))));
    }

    // ---- 9 and 10: limits

    @ParameterizedTest
    @CsvSource({"4194304, 4194304", "4194304, 65536", "1048576, 1024", "262144, 64", "70000, 1"})
    void aLongMessageComesWholeInFragmentsOfAnySize(int length, int fragment) throws WebSocketFault {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        MessageReader reader = new MessageReader(Side.CLIENT, null, length, new SessionMemory(6));
        MessageReader.Found found = MessageReader.Found.MORE;
        for (int from = 0; from < length; from += fragment) {
            assertEquals(MessageReader.Found.MORE, found);
            int to = Math.min(length, from + fragment);
            Opcode opcode = from == 0 ? Opcode.BINARY : Opcode.CONTINUATION;
            found = reader.next(ByteBuffer.wrap(frame(opcode, to == length, Arrays.copyOfRange(payload, from, to))));
        }
        assertEquals(MessageReader.Found.DATA, found);
        assertEquals(ByteBuffer.wrap(payload), reader.data());
    }

    // ---- 12 and 13: compression

    @ParameterizedTest
    @CsvSource({"16, false", "16, true", "1024, false", "1024, true", "65536, false", "65536, true", "131072, true"})
    void aHundredCompressedMessagesComeAsTheyWere(int length, boolean takeover) throws WebSocketFault {
        Random random = new Random(length);
        MessageReader reader = new MessageReader(Side.CLIENT, new Inflation(takeover), length, new SessionMemory(6));
        try (Deflation deflation = new Deflation(takeover, 6)) {
            for (int i = 0; i < 100; i++) {
                byte[] payload = new byte[random.nextInt(length + 1)];
                for (int at = 0; at < payload.length; at++) {
                    payload[at] = (byte) ('a' + random.nextInt(1 + i % 20));
                }
                Bytes deflated = new Bytes(0);
                deflation.deflate(ByteBuffer.wrap(payload), deflated);
                Bytes out = new Bytes(0);
                FrameWriter.frame(out, Opcode.TEXT, true, true, 7, deflated.content());
                assertEquals(MessageReader.Found.DATA, reader.next(out.content()));
                assertEquals(ByteBuffer.wrap(payload), reader.data());
            }
        }
    }
}
