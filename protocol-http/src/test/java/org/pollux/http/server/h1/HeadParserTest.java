package org.pollux.http.server.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.h1.HeadParser.State;
import org.pollux.http.server.settings.HeadLimits;

/** Every transition of the diagram: in each state, what each of the 256 bytes leads to. */
class HeadParserTest {

    private static final String LINE = "GET / HTTP/1.1\r\n";

    @Test
    void beforeARequestOnlyOneEmptyLineIsPassedOver() {
        transitions("", octet -> octet == '\r' ? State.EMPTY_LINE : token(octet, State.METHOD));
        transitions("\r", octet -> octet == '\n' ? State.METHOD : State.FAULT);
        transitions("\r\n", octet -> token(octet, State.METHOD));
    }

    @Test
    void aMethodIsATokenThatASpaceEnds() {
        transitions("G", octet -> octet == ' ' ? State.TARGET : token(octet, State.METHOD));
    }

    @Test
    void aTargetIsVisibleAsciiWithoutAFragmentThatASpaceEnds() {
        transitions("GET ", octet -> target(octet) ? State.TARGET : State.FAULT);
        transitions("GET /", octet -> octet == ' ' ? State.VERSION : target(octet) ? State.TARGET : State.FAULT);
    }

    private static boolean target(int octet) {
        return octet > ' ' && octet < 0x7F && octet != '#';
    }

    @Test
    void aVersionIsHttp1WithAnyMinor() {
        String version = "HTTP/";
        for (int place = 0; place < version.length(); place++) {
            char expected = version.charAt(place);
            transitions(
                    "GET / " + version.substring(0, place), octet -> octet == expected ? State.VERSION : State.FAULT);
        }
        transitions("GET / HTTP/", octet -> octet == '1' ? State.VERSION : State.FAULT);
        transitions("GET / HTTP/1", octet -> octet == '.' ? State.VERSION : State.FAULT);
        transitions("GET / HTTP/1.", octet -> digit(octet) ? State.VERSION : State.FAULT);
        transitions("GET / HTTP/1.1", octet -> octet == '\r' ? State.LINE_END : State.FAULT);
    }

    @Test
    void aLineEndsInCrLf() {
        transitions("GET / HTTP/1.1\r", octet -> octet == '\n' ? State.FIELD : State.FAULT);
        transitions(LINE + "A: b\r", octet -> octet == '\n' ? State.FIELD : State.FAULT);
        transitions(LINE + "Host: a\r\n\r", octet -> octet == '\n' ? State.DONE : State.FAULT);
    }

    @Test
    void aFieldIsATokenAColonAndText() {
        transitions(LINE, octet -> octet == '\r' ? State.HEAD_END : token(octet, State.NAME));
        transitions(LINE + "A", octet -> octet == ':' ? State.VALUE : token(octet, State.NAME));
        transitions(LINE + "A:", octet -> octet == '\r' ? State.VALUE_END : text(octet) ? State.VALUE : State.FAULT);
    }

    @Test
    void aFaultAndAWholeHeadStay() {
        HeadParser parser = new HeadParser(HeadLimits.defaults());
        assertEquals(State.FAULT, parser.parse(ByteBuffer.wrap(new byte[] {0})));
        assertEquals(State.FAULT, parser.parse(bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n")));
        parser.reset();
        assertEquals(State.DONE, parser.parse(bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET")));
        assertEquals(State.DONE, parser.parse(bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP")));
        assertEquals(27, parser.layout().length());
    }

    private static void transitions(String before, IntFunction<State> expected) {
        for (int octet = 0; octet < 256; octet++) {
            int value = octet;
            State state = new HeadParser(HeadLimits.defaults()).parse(bytes(before + (char) octet));
            assertEquals(expected.apply(octet), state, () -> before + " and then byte " + value);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static State token(int octet, State then) {
        boolean token = letter(octet) || digit(octet) || (octet < 0x80 && "!#$%&'*+-.^_`|~".indexOf(octet) >= 0);
        return token ? then : State.FAULT;
    }

    private static boolean letter(int octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
    }

    private static boolean digit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean text(int octet) {
        return octet == '\t' || (octet >= ' ' && octet != 0x7F);
    }
}
