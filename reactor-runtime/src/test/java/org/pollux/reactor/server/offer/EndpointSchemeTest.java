package org.pollux.reactor.server.offer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertNotEquals(parse("tls://h:1?proxy=::1"), parse("tls://h:1?proxy=::2"));
        assertEquals(parse("tls://h:1?proxy=::1&certificate=b"), parse("tls://h:1?certificate=b&proxy=::1"));
    }

    @Test
    void anUnknownOptionIsToldWithThoseThatAreKnown() {
        assertWrong(
                "The endpoint 'tls://h:1?alpn=h2' has the option 'alpn', which is unknown: tls:// takes certificate, proxy",
                () -> parse("tls://h:1?alpn=h2"));
        assertWrong(
                "The endpoint 'tcp://h:1?alpn=h2' has the option 'alpn', which is unknown: tcp:// takes proxy",
                () -> EndpointParser.parse("tcp://h:1?alpn=h2"));
        assertWrong(
                "The endpoint 'udp://h:1?proxy=::1' has the option 'proxy', which is unknown: udp:// takes no options",
                () -> EndpointParser.parse("udp://h:1?proxy=::1"));
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
    void proxiesAreNetworks() {
        List<Network> networks =
                parse("tls://h:1?proxy=10.0.0.0/8,127.0.0.1,fd00::/9").proxies();
        List<String> asked = List.of(
                "10.0.0.0",
                "10.255.255.255",
                "9.255.255.255",
                "11.0.0.0",
                "127.0.0.1",
                "127.0.0.0",
                "fd7f::1",
                "fd80::",
                "::1");
        assertEquals(
                List.of("10.0.0.0", "10.255.255.255", "127.0.0.1", "fd7f::1"),
                asked.stream()
                        .filter(address ->
                                networks.stream().anyMatch(network -> network.contains(InetAddress.ofLiteral(address))))
                        .toList());
        assertEquals(2, parse("tls://h:1?proxy=0.0.0.0/0,::/0").proxies().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10",
                "::/129",
                "fd01::/8",
                "::1%lo",
                "10.0.0.0/8,",
                "1.2.3.256"
            })
    void aNetworkThatIsNoneIsTold(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> parse("tls://h:1?proxy=" + text))
                .getMessage();
        assertTrue(String.valueOf(message).contains("where a network is expected: write it as 10.0.0.0/8"), message);
    }

    @Test
    void aCommaBehindANetworkBeginsAnotherOrAnEndpoint() {
        EndpointList list = EndpointList.of(
                "tls://h:1?proxy=10.0.0.0/8, fd00::/8,127.0.0.1&versions=1.3,tcp://h:2?proxy=::1,udp://h:3 10.0.0.0/8");
        assertEquals(
                List.of(
                        "tls://h:1?proxy=10.0.0.0/8,fd00::/8,127.0.0.1&versions=1.3",
                        "tcp://h:2?proxy=::1",
                        "udp://h:3"),
                list.addresses().stream().map(EndpointAddress::toString).toList());
        assertEquals(Set.of("10.0.0.0/8"), list.malformed().keySet());
    }

    @Test
    void anUnknownSchemeIsToldWithTheFormsThatAreKnown() {
        assertWrong(
                "The endpoint 'quic://h:1' begins with no known scheme: write tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT, unix:PATH or"
                        + " unix:PATH?mode=660",
                () -> parse("quic://h:1"));
    }
}
