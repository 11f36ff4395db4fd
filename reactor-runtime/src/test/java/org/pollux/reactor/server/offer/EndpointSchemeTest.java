package org.pollux.reactor.server.offer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The schemes of endpoints and their options. */
final class EndpointSchemeTest {

    private static final List<EndpointScheme> SCHEMES =
            List.of(new EndpointScheme("tls", false, Set.of("proxy", "certificate")));

    private static EndpointAddress.Internet parse(String text) {
        return assertInstanceOf(EndpointAddress.Internet.class, EndpointParser.parse(text, SCHEMES));
    }

    private static void assertWrong(String expected, Runnable reading) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, reading::run).getMessage());
    }

    @Test
    void optionsFollowTheQuestionMark() {
        EndpointAddress.Internet read = parse("tls://[::1]:443?proxy=10.0.0.0/8&certificate=site");
        assertEquals("tls", read.scheme().name());
        assertEquals("::1", read.host());
        assertEquals(443, read.port());
        assertEquals(Map.of("proxy", "10.0.0.0/8", "certificate", "site"), read.options());
        assertEquals("tls://[::1]:443?certificate=site&proxy=10.0.0.0/8", read.toString());
    }

    @Test
    void otherOptionsAreAnotherEndpointAndAnotherOrderIsNot() {
        assertNotEquals(parse("tls://h:1?proxy=a"), parse("tls://h:1?proxy=b"));
        assertEquals(parse("tls://h:1?proxy=a&certificate=b"), parse("tls://h:1?certificate=b&proxy=a"));
    }

    @Test
    void anUnknownOptionIsToldWithThoseThatAreKnown() {
        assertWrong(
                "The endpoint 'tls://h:1?alpn=h2' has the option 'alpn', which is unknown: tls:// takes certificate, proxy",
                () -> parse("tls://h:1?alpn=h2"));
        assertWrong(
                "The endpoint 'tcp://h:1?proxy=a' has the option 'proxy', which is unknown: tcp:// takes no options",
                () -> EndpointParser.parse("tcp://h:1?proxy=a"));
    }

    @Test
    void anOptionHasOneValue() {
        assertWrong(
                "The endpoint 'tls://h:1?proxy=' has no value for the option 'proxy': write proxy=VALUE",
                () -> parse("tls://h:1?proxy="));
        assertWrong(
                "The endpoint 'tls://h:1?proxy=a&proxy=b' has the option 'proxy' twice: write it once",
                () -> parse("tls://h:1?proxy=a&proxy=b"));
    }

    @Test
    void anUnknownSchemeIsToldWithTheFormsThatAreKnown() {
        assertWrong(
                "The endpoint 'quic://h:1' begins with no known scheme: write tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT, unix:PATH or"
                        + " unix:PATH?mode=660",
                () -> parse("quic://h:1"));
    }
}
