package org.pollux.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.pollux.http.wire.BodyDecoder.State;

/** Every transition of the decoder: each byte in each state. */
class BodyDecoderTest {

    private static final String CHUNK = "1\r\n.";

    @Test
    void aSizeIsHexadecimal() {
        transitions("", octet -> hex(octet) ? State.SIZE : State.FAULT);
        transitions("1", octet -> hex(octet) ? State.SIZE : sizeEnded(octet));
        transitions("1\r", octet -> octet == '\n' ? State.DATA : State.FAULT);
        transitions("0\r", octet -> octet == '\n' ? State.TRAILER : State.FAULT);
    }

    @Test
    void anExtensionIsATokenWithAValueThatIsATokenOrQuoted() {
        transitions("1;", octet -> token(octet) ? State.EXTENSION : State.FAULT);
        transitions(
                "1;a",
                octet -> token(octet) ? State.EXTENSION : octet == '=' ? State.PARAMETER_START : sizeEnded(octet));
        transitions("1;a=", octet -> token(octet) ? State.PARAMETER : octet == '"' ? State.QUOTED : State.FAULT);
        transitions("1;a=b", octet -> token(octet) ? State.PARAMETER : sizeEnded(octet));
        transitions(
                "1;a=\"",
                octet -> octet == '"'
                        ? State.QUOTED_END
                        : octet == '\\' ? State.ESCAPED : text(octet) ? State.QUOTED : State.FAULT);
        transitions("1;a=\"\\", octet -> text(octet) ? State.QUOTED : State.FAULT);
        transitions("1;a=\"\"", BodyDecoderTest::sizeEnded);
        transitions("1;a;", octet -> token(octet) ? State.EXTENSION : State.FAULT);
    }

    @Test
    void dataEndsInCrLf() {
        transitions("1\r\n", _ -> State.DATA_CR);
        transitions(CHUNK, octet -> octet == '\r' ? State.DATA_END : State.FAULT);
        transitions(CHUNK + "\r", octet -> octet == '\n' ? State.SIZE_START : State.FAULT);
        transitions(CHUNK + "\r\n", octet -> hex(octet) ? State.SIZE : State.FAULT);
    }

    @Test
    void trailersAreFields() {
        transitions("0\r\n", octet -> octet == '\r' ? State.LAST_END : token(octet) ? State.NAME : State.FAULT);
        transitions("0\r\nA", octet -> octet == ':' ? State.VALUE : token(octet) ? State.NAME : State.FAULT);
        transitions("0\r\nA:", octet -> octet == '\r' ? State.VALUE_END : text(octet) ? State.VALUE : State.FAULT);
        transitions("0\r\nA:\r", octet -> octet == '\n' ? State.TRAILER : State.FAULT);
        transitions("0\r\n\r", octet -> octet == '\n' ? State.END : State.FAULT);
    }

    @Test
    void inAResponseTrailersMayBeFoldedAndEndInLineFeeds() {
        responds("0\r\n", octet -> switch (octet) {
            case '\r' -> State.LAST_END;
            case '\n' -> State.END;
            default -> token(octet) ? State.NAME : State.FAULT;
        });
        responds("0\r\nA:", BodyDecoderTest::inValue);
        responds("0\r\nA:\r", octet -> octet == '\n' ? State.TRAILER : State.FAULT);
        responds("0\r\nA:b\n", octet -> switch (octet) {
            case '\r' -> State.LAST_END;
            case '\n' -> State.END;
            case ' ', '\t' -> State.FOLD;
            default -> token(octet) ? State.NAME : State.FAULT;
        });
        responds("0\r\nA:b\r\n\t", octet -> octet == ' ' || octet == '\t' ? State.FOLD : inValue(octet));
        responds("0\r\nA", octet -> octet == ':' ? State.VALUE : token(octet) ? State.NAME : State.FAULT);
    }

    private static State inValue(int octet) {
        return octet == '\r'
                ? State.VALUE_END
                : octet == '\n' ? State.TRAILER : text(octet) ? State.VALUE : State.FAULT;
    }

    /** As {@link #transitions}, in a response; and all but trailers is what it is in a request. */
    private static void responds(String before, IntFunction<State> expected) {
        for (int octet = 0; octet < 256; octet++) {
            int value = octet;
            State state = decode(response(), before + (char) octet);
            assertEquals(expected.apply(octet), state, () -> before + " and then byte " + value);
        }
    }

    private static BodyDecoder response() {
        BodyDecoder decoder = new BodyDecoder();
        decoder.beginChunkedResponse(100, 100);
        return decoder;
    }

    @Test
    void chunksOfAResponseAreAsStrictAsThoseOfARequest() {
        for (String before : new String[] {"", "1", "1\r", "1;", "1;a", "1;a=", "1;a=\"", CHUNK, CHUNK + "\r", "0"}) {
            for (int octet = 0; octet < 256; octet++) {
                String text = before + (char) octet;
                assertEquals(decode(chunked(100, 100), text), decode(response(), text), text);
            }
        }
    }

    @Test
    void aFoldedTrailerIsOneLineWithSpaces() {
        BodyDecoder decoder = response();
        assertEquals(State.END, decode(decoder, "0\r\nA: b\t\r\n\t c\n d\r\nE: f\n\r\n"));
        assertEquals("b     c   d", decoder.trailers().first("A").orElseThrow());
        assertEquals("f", decoder.trailers().first("E").orElseThrow());
        decoder.beginChunked(100, 100);
        assertEquals(State.FAULT, decode(decoder, "0\r\nA: b\r\n c"));
        assertEquals(State.FAULT, decode(chunked(100, 100), "0\r\nA: b\n"));
    }

    @Test
    void foldedTrailersAreBoundedToo() {
        BodyDecoder decoder = new BodyDecoder();
        decoder.beginChunkedResponse(10, 50);
        assertEquals(431, fault(decoder, "0\r\nA: b" + "\n ".repeat(60)));
    }

    @Test
    void aBodyOfALengthIsDataToItsEnd() {
        BodyDecoder decoder = new BodyDecoder();
        decoder.beginLength(0);
        assertTrue(decoder.isAtEnd());
        decoder.beginLength(3);
        ByteBuffer in = bytes("\r\n0\r\n");
        assertEquals(State.DATA, decoder.decode(in));
        assertEquals(3, decoder.run(in));
        decoder.taken(1);
        assertFalse(decoder.isAtEnd());
        decoder.taken(2);
        assertTrue(decoder.isAtEnd());
        assertEquals(5, in.remaining());
    }

    @Test
    void aFaultAndAnEndStay() {
        BodyDecoder decoder = chunked(100, 100);
        ByteBuffer rest = bytes("0\r\n\r\n0\r\n");
        assertEquals(State.END, decoder.decode(rest));
        assertEquals(State.END, decoder.decode(rest));
        assertEquals(3, rest.remaining());
        BodyDecoder faulty = chunked(100, 100);
        assertEquals(State.FAULT, faulty.decode(bytes("x")));
        assertEquals(State.FAULT, faulty.decode(bytes("0\r\n\r\n")));
        assertEquals(400, faulty.fault());
    }

    @Test
    void sizesAddUpToTheLimit() {
        assertEquals(State.DATA_CR, decode(chunked(10, 100), "a\r\n0123456789"));
        assertEquals(413, fault(chunked(10, 100), "b\r\n"));
        assertEquals(413, fault(chunked(10, 100), "9\r\n123456789\r\n2\r\n"));
        assertEquals(State.DATA, decode(chunked(Long.MAX_VALUE, 100), "7ffffffffffffff\r\n"));
        assertEquals(400, fault(chunked(Long.MAX_VALUE, 100), "7fffffffffffffff\r\n"));
        assertEquals(State.DATA, decode(chunked(10, 100), "000000000000001\r\n"));
    }

    @Test
    void zerosInFrontOfASizeAreBoundedByTheirNumberOnly() {
        assertEquals(State.DATA, decode(chunked(10, 100), "0000000000000001\r\n"));
        assertEquals(State.SIZE_START, decode(chunked(10, 100), "0".repeat(1000) + "a\r\n0123456789\r\n"));
        assertEquals(State.END, decode(chunked(10, 100), "0".repeat(1000) + "\r\n\r\n"));
        assertEquals(400, fault(chunked(Long.MAX_VALUE, 100), "0".repeat(20) + "7fffffffffffffff\r\n"));
        assertEquals(413, fault(chunked(10, 100), "0".repeat(20) + "b\r\n"));
        assertEquals(400, fault(chunked(10, 100), "0".repeat(20) + "g"));
        assertEquals(400, fault(chunked(10, 100), "0".repeat(20_000)));
        BodyDecoder decoder = chunked(100, 100);
        for (int i = 0; i < 16; i++) {
            assertEquals(State.SIZE_START, decode(decoder, "0".repeat(1000) + "1\r\n.\r\n"));
        }
        assertEquals(400, fault(decoder, "0".repeat(1000) + "1\r\n"));
    }

    @Test
    void theNumberOfTrailersIsBounded() {
        BodyDecoder decoder = new BodyDecoder();
        decoder.beginChunked(10, 100, 2);
        assertEquals(State.END, decode(decoder, "0\r\na:\r\nb:\r\n\r\n"));
        assertFalse(decoder.hasTooManyFields());
        decoder.beginChunked(10, 100, 2);
        assertEquals(431, fault(decoder, "0\r\na:\r\nb:\r\nc:\r\n\r\n"));
        assertTrue(decoder.hasTooManyFields());
    }

    @Test
    void trailersAreBounded() {
        assertEquals(State.END, decode(chunked(10, 8), "0\r\nAb:cde\r\n\r\n".replace("e", "")));
        assertEquals(431, fault(chunked(10, 8), "0\r\nAb:cdef\r\n\r\n"));
        assertEquals(431, fault(chunked(10, 8), "0\r\nAb:c\r\nAbc"));
        assertEquals(431, fault(chunked(10, 8), "0\r\nAbcdefghij"));
    }

    @Test
    void extensionsAreBoundedInAll() {
        BodyDecoder decoder = chunked(100_000, 100);
        String extended = "1;" + "x".repeat(1000) + "=\"" + "y".repeat(1000) + "\"\r\n.\r\n";
        for (int i = 0; i < 8; i++) {
            assertEquals(State.SIZE_START, decode(decoder, extended));
        }
        assertEquals(400, fault(decoder, extended));
    }

    @Test
    void trailersCanBeRead() {
        BodyDecoder decoder = chunked(10, 100);
        assertEquals(State.END, decode(decoder, "1\r\n.\r\n0\r\nA: b \r\nC:d\r\na:e\r\n\r\n"));
        assertEquals("b", decoder.trailers().first("a").orElseThrow());
        assertEquals(2, decoder.trailers().all("A").size());
        assertTrue(decoder.trailers().first("x").isEmpty());
        decoder.beginChunked(10, 100);
        assertEquals(State.END, decode(decoder, "0\r\n\r\n"));
        assertFalse(decoder.trailers().iterator().hasNext());
    }

    private static void transitions(String before, IntFunction<State> expected) {
        for (int octet = 0; octet < 256; octet++) {
            int value = octet;
            State state = decode(chunked(100, 100), before + (char) octet);
            assertEquals(expected.apply(octet), state, () -> before + " and then byte " + value);
        }
    }

    private static BodyDecoder chunked(long limit, int trailers) {
        BodyDecoder decoder = new BodyDecoder();
        decoder.beginChunked(limit, trailers);
        return decoder;
    }

    private static int fault(BodyDecoder decoder, String text) {
        assertEquals(State.FAULT, decode(decoder, text));
        return decoder.fault();
    }

    /** Takes data as it comes. */
    private static State decode(BodyDecoder decoder, String text) {
        ByteBuffer in = bytes(text);
        State state = decoder.decode(in);
        while (state == State.DATA && in.hasRemaining()) {
            int run = decoder.run(in);
            in.position(in.position() + run);
            decoder.taken(run);
            state = decoder.decode(in);
        }
        return state;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static State sizeEnded(int octet) {
        return octet == ';' ? State.EXTENSION_START : octet == '\r' ? State.SIZE_END : State.FAULT;
    }

    private static boolean hex(int octet) {
        return (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'f') || (octet >= 'A' && octet <= 'F');
    }

    private static boolean token(int octet) {
        boolean letter = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
        return letter || (octet >= '0' && octet <= '9') || (octet < 0x80 && "!#$%&'*+-.^_`|~".indexOf(octet) >= 0);
    }

    private static boolean text(int octet) {
        return octet == '\t' || (octet >= ' ' && octet != 0x7F);
    }
}
