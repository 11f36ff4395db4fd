package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.wire.Bytes;

/** Compression by message (RFC 7692): its terms, its octets and its limits. */
class DeflateTest {

    private static List<String> read(String hex) {
        return Read.all(Side.SERVER, true, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static byte[] frame(byte[] message) {
        return frame(Opcode.BINARY, message, new byte[0]);
    }

    /** A compressed message; these octets follow it inside the frame. */
    private static byte[] frame(Opcode opcode, byte[] message, byte[] more) {
        try (Deflation deflation = new Deflation(false, 6)) {
            Bytes deflated = new Bytes(0);
            deflation.deflate(ByteBuffer.wrap(message), deflated);
            Bytes out = new Bytes(0);
            FrameWriter.frame(out, opcode, true, true, 0, deflated.add(more).content());
            return Arrays.copyOf(out.array(), out.size());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the RFC's example           | c1 07 f248cdc9c90700             | text Hello",
                "in two fragments            | 41 03 f248cd 80 04 c9c90700      | text Hello",
                "with a ping between them    | 41 03 f248cd 89 00 80 04 c9c90700| ping, text Hello",
                "with an empty last fragment | 41 07 f248cdc9c90700 80 00       | text Hello",
                "a stored block              | c1 0b 000500faff48656c6c6f00     | text Hello",
                "a final block               | c1 08 f348cdc9c9070000           | text Hello",
                "a stream behind a final block | c1 0e f348cdc9c90700 f248cdc9c90700 | text HelloHello",
                "noise behind a final block  | c1 0a f348cdc9c90700 ffffff      | fault 1007",
                "two blocks                  | c1 0d f248050000 00ffff cac9c90700 | text Hello",
                "an empty message            | c1 01 00                         | text ",
                "no compression, once        | 81 05 48656c6c6f                 | text Hello",
                "RSV1 of a continuation      | 01 01 61 c0 01 62                | fault 1002",
                "RSV1 of a ping              | c9 00                            | fault 1002",
                "octets that are no deflate  | c1 03 ffffff                     | fault 1007",
                "a reserved kind of block    | c1 02 0707                       | fault 1007",
                "not UTF-8 when inflated     | c1 06 000100feffff               | fault 1007",
            })
    void aCompressedMessageMayBe(String what, String frames, String seen) {
        assertEquals(seen, String.join(", ", read(frames)), what);
    }

    @Test
    void whatIsDeflatedInflatesToTheSame() {
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 100, 4096, 5000, 65_536, Read.MOST}) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            assertEquals(
                    List.of(("binary "
                                    + (length > 64
                                            ? "of " + length
                                            : HexFormat.of().formatHex(message)))
                            .strip()),
                    Read.all(Side.SERVER, true, frame(message)));
        }
    }

    @Test
    void aBombIsCutAtTheLimit() {
        byte[] bomb = frame(new byte[10_000_000]);
        assertTrue(bomb.length < 20_000);
        assertEquals(List.of("fault 1009"), Read.all(Side.SERVER, true, bomb));
    }

    @Test
    void theFirstFaultOfALongMessageCountsHoweverItIsCut() {
        byte[] text = new byte[Read.MOST + 1];
        assertEquals(List.of("fault 1009"), Read.all(Side.SERVER, true, frame(Opcode.TEXT, text, new byte[] {7, 7})));
        text[Read.MOST - 1] = (byte) 0xFF;
        assertEquals(List.of("fault 1007"), Read.all(Side.SERVER, true, frame(Opcode.TEXT, text, new byte[0])));
    }

    @Test
    void aPieceOfABombIsSmall() throws WebSocketFault {
        MessageReader reader = new MessageReader(Side.SERVER, new Inflation(false), 1, new SessionMemory(6));
        reader.inPieces();
        ByteBuffer in = ByteBuffer.wrap(frame(new byte[10_000_000]));
        int all = 0;
        do {
            assertEquals(MessageReader.Found.DATA, reader.next(in));
            assertTrue(reader.data().remaining() <= 72 * 1024);
            all += reader.data().remaining();
        } while (!reader.isEnd());
        assertEquals(10_000_000, all);
    }

    @Test
    void withTakeoverAMessageRefersToTheOneBefore() throws WebSocketFault {
        byte[] text = "a text that is repeated, word by word".getBytes(UTF_8);
        try (Deflation deflation = new Deflation(true, 6);
                Inflation inflation = new Inflation(true)) {
            MessageReader reader = new MessageReader(Side.CLIENT, inflation, 100, new SessionMemory(6));
            int[] lengths = new int[2];
            for (int i = 0; i < 2; i++) {
                Bytes deflated = new Bytes(0);
                deflation.deflate(ByteBuffer.wrap(text), deflated);
                lengths[i] = deflated.size();
                Bytes out = new Bytes(0);
                FrameWriter.frame(out, Opcode.TEXT, true, true, 77, deflated.content());
                assertEquals(MessageReader.Found.DATA, reader.next(out.content()));
                assertEquals("a text that is repeated, word by word", reader.text());
            }
            assertTrue(lengths[1] < lengths[0] / 2, () -> Arrays.toString(lengths));
        }
    }

    // ---- terms

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate                                    | permessage-deflate",
                "Permessage-Deflate; server_no_context_takeover        | permessage-deflate; server_no_context_takeover",
                "permessage-deflate; client_max_window_bits            | permessage-deflate",
                "permessage-deflate; client_max_window_bits=\"10\"     | permessage-deflate",
                "permessage-deflate; server_max_window_bits=15         | permessage-deflate",
                "permessage-deflate; server_max_window_bits=10         |",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate | permessage-deflate",
                "permessage-deflate; server_max_window_bits            |",
                "permessage-deflate; server_max_window_bits=16         |",
                "permessage-deflate; server_max_window_bits=08         |",
                "permessage-deflate; unknown                           |",
                "permessage-deflate; server_no_context_takeover=1      |",
                "permessage-deflate; client_max_window_bits; client_max_window_bits |",
                "x-webkit-deflate-frame                                |",
                "x-other; a=b, permessage-deflate; client_no_context_takeover | permessage-deflate; client_no_context_takeover",
            })
    void anOfferIsAccepted(String offer, String response) throws WebSocketFault {
        assertEquals(
                Optional.ofNullable(response),
                DeflateTerms.accept(List.of(offer), true).map(DeflateTerms::response));
    }

    @Test
    void withoutTakeoverTheResponseSaysSo() throws WebSocketFault {
        assertEquals(
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                DeflateTerms.accept(List.of("permessage-deflate"), false)
                        .orElseThrow()
                        .response());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"permessage-deflate; =1", "permessage deflate", "a; b=c d", ";", "a; b=\"\""})
    void aMalformedFieldIsRefused(String field) {
        assertThrows(WebSocketFault.class, () -> DeflateTerms.accept(List.of(field), true));
    }

    @Test
    void aClientReadsOnlyWhatItHasOffered() throws WebSocketFault {
        assertEquals(Optional.empty(), DeflateTerms.accepted(List.of(), true));
        assertEquals(
                Optional.of(new DeflateTerms(false, true)),
                DeflateTerms.accepted(List.of("permessage-deflate; server_no_context_takeover"), true));
        assertThrows(WebSocketFault.class, () -> DeflateTerms.accepted(List.of("permessage-deflate"), false));
        assertThrows(WebSocketFault.class, () -> DeflateTerms.accepted(List.of("other"), true));
        assertThrows(
                WebSocketFault.class,
                () -> DeflateTerms.accepted(List.of("permessage-deflate; client_max_window_bits=10"), true));
    }

    @Test
    void theKeyOfTheRfcHasItsResponse() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", HandshakeKey.accept("dGhlIHNhbXBsZSBub25jZQ=="));
        assertTrue(HandshakeKey.isValid("dGhlIHNhbXBsZSBub25jZQ=="));
        assertEquals(
                "AQIDBAUGBwgJCgsMDQ4PEA==",
                HandshakeKey.of(HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10")));
        for (String wrong : List.of(
                "", "abc", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZTEyMw==", "!GhlIHNhbXBsZSBub25jZQ==")) {
            assertTrue(!HandshakeKey.isValid(wrong), wrong);
        }
    }
}
