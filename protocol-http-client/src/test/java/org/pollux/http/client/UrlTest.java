package org.pollux.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UrlTest {

    /** The examples of RFC 3986, sections 5.4.1 and 5.4.2, without fragments. */
    @ParameterizedTest
    @CsvSource({
        "g, /b/c/g",
        "./g, /b/c/g",
        "g/, /b/c/g/",
        "/g, /g",
        "?y, /b/c/d;p?y",
        "g?y, /b/c/g?y",
        "'#s', /b/c/d;p?q",
        "'g#s', /b/c/g",
        "'g?y#s', /b/c/g?y",
        ";x, /b/c/;x",
        "g;x, /b/c/g;x",
        "'g;x?y#s', /b/c/g;x?y",
        "'', /b/c/d;p?q",
        "., /b/c/",
        "./, /b/c/",
        ".., /b/",
        "../, /b/",
        "../g, /b/g",
        "../.., /",
        "../../, /",
        "../../g, /g",
        "../../../g, /g",
        "../../../../g, /g",
        "/./g, /g",
        "/../g, /g",
        "g., /b/c/g.",
        ".g, /b/c/.g",
        "g.., /b/c/g..",
        "..g, /b/c/..g",
        "./../g, /b/g",
        "./g/., /b/c/g/",
        "g/./h, /b/c/g/h",
        "g/../h, /b/c/h",
        "g;x=1/./y, /b/c/g;x=1/y",
        "g;x=1/../y, /b/c/y",
        "g?y/./x, /b/c/g?y/./x",
        "g?y/../x, /b/c/g?y/../x"
    })
    void aReferenceIsResolvedAsTheRfcHasIt(String reference, String target) {
        Url resolved = Url.parse("http://a/b/c/d;p?q").resolve(reference);
        assertEquals("http://a" + target, resolved.toString());
    }

    @Test
    void aReferenceMayLeadElsewhere() {
        assertEquals("http://g/", Url.parse("http://a/b").resolve("//g").toString());
        assertEquals(
                "https://g:1/x",
                Url.parse("http://a/b").resolve("HTTPS://G:1/x").toString());
    }

    @Test
    void itsPartsAreThoseOfTheText() {
        Url url = Url.parse("HTTP://Example.ORG:8080/a/../b?c=d?#e");
        assertEquals("http", url.scheme());
        assertEquals("example.org", url.host());
        assertEquals(8080, url.port());
        assertEquals("/b?c=d?", url.target());
        assertEquals("example.org:8080", url.authority());
        assertEquals(80, Url.parse("http://a").port());
        assertEquals("a", Url.parse("http://a:80/").authority());
        assertEquals("/?x", Url.parse("http://a?x").target());
    }

    @Test
    void anIpv6AddressStandsInBrackets() {
        Url url = Url.parse("http://[::1]:81/");
        assertEquals("::1", url.host());
        assertEquals("http://[::1]:81/", url.toString());
        assertEquals("http://[::1]/", Url.parse("http://[::1]").toString());
    }

    @Test
    void anInterfaceIsForThisMachineAlone() {
        Url url = Url.parse("http://[FE80::1%25Eth0]:81/a");
        assertEquals("fe80::1%Eth0", url.host());
        assertEquals("[fe80::1]:81", url.authority(), "the Host field");
        assertEquals("http://[fe80::1%25Eth0]:81/a", url.toString());
        assertEquals(url, Url.parse(url.toString()));
        assertEquals("http://[fe80::1%251]/", Url.parse("http://[fe80::1%251]").toString());
    }

    @Test
    void aRedirectOfAServerToItselfStaysOnTheInterface() {
        Url url = Url.parse("http://[fe80::1%25eth0]/a");
        assertEquals("http://[fe80::1%25eth0]/b", url.resolve("/b").toString());
        assertEquals(
                "http://[fe80::1%25eth0]:81/b",
                url.resolve("http://[fe80::1]:81/b").toString());
        assertEquals("http://[fe80::2]/b", url.resolve("//[fe80::2]/b").toString());
        assertEquals(
                "http://[fe80::1%25eth1]/",
                url.resolve("http://[fe80::1%25eth1]/").toString());
    }

    @Test
    void whatMayNotStandInAUrlIsEncoded() {
        assertEquals(
                "/%C3%BC%7C%22?%3C%F0%9F%98%80",
                Url.parse("http://a/\u00FC|\"?<\uD83D\uDE00").target());
        assertEquals(
                "http://xn--mnchen-3ya.example/",
                Url.parse("http://m\u00FCnchen.example").toString());
        assertEquals("/a%2e%2e/%2Fb", Url.parse("http://a/a%2e%2e/%2Fb").target());
    }

    @Test
    void whatWouldAskForAnotherResourceIsRefused() {
        Map.of(
                        "b c", "it has a space: write %20",
                        "b?c d", "it has a space: write %20",
                        "#b c", "it has a space: write %20",
                        "b\u00A0", "it has white space, U+00A0",
                        "b\u2028", "it has white space, U+2028",
                        "b\0", "it has a control character, U+0000",
                        "b\nc", "it has a control character, U+000A",
                        "b\u007Fc", "it has a control character, U+007F",
                        "b\u0085c", "it has a control character, U+0085",
                        "b?\uFFFD", "it has bytes that are not UTF-8")
                .forEach((path, words) -> {
                    String message = String.valueOf(
                            assertThrows(IllegalArgumentException.class, () -> Url.parse("http://a/" + path))
                                    .getMessage());
                    assertTrue(message.contains(words), message);
                });
    }

    @Test
    void halfALetterIsRefused() {
        for (String half : new String[] {"\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83D/b"}) {
            assertThrows(IllegalArgumentException.class, () -> Url.parse("http://a/" + half));
        }
        assertThrows(IllegalArgumentException.class, () -> Url.parse("http://a\uFFFD/"));
        assertThrows(IllegalArgumentException.class, () -> Url.parse("http://a\u0000/"));
    }

    @Test
    void aSpaceInALocationIsEncodedBecauseServersSendIt() {
        Url base = Url.parse("http://a/");
        assertEquals("/b%20c?d%20e", base.resolve("/b c?d e").target());
        assertEquals("/b%20c", base.resolve("http://a/b c").target());
        assertThrows(IllegalArgumentException.class, () -> base.resolve("/b\tc"));
        assertThrows(IllegalArgumentException.class, () -> base.resolve("/b\u0000c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "example.org/x; it is to begin like http://HOST",
                "http:/a; it is to begin like http://HOST",
                "//a/b; it is to begin like http://HOST",
                "http://; it has no host",
                "http:///x; it has no host",
                "http://a b/; 'a b' is not a host name",
                "http://a%2Fb/; 'a%2Fb' is not a host name",
                "http://[::1/; '[' is not a host name",
                "http://[fe80::1%eth0]/; '%eth0' is not an interface: write it after its address, as in [fe80::1%25eth0]",
                "http://[fe80::1%25]/; '%25' is not an interface",
                "http://[fe80::1%25a%0Ab]/; '%25a%0Ab' is not an interface",
                "http://[fe80::1%25a%b]/; '%25a%b' is not an interface",
                "http://[%25eth0]/; it has no host",
                "http://a%25eth0/; 'a%25eth0' is not a host name",
                "http://u:p@a/; a user name in it is not supported",
                "http://a:0/; '0' is not a port",
                "http://a:65536/; '65536' is not a port",
                "http://a:x/; 'x' is not a port",
            })
    void whatIsNoUrlIsRefusedWithTheReason(String text, String words) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Url.parse(text))
                .getMessage());
        assertTrue(message.startsWith("not a URL: '" + text + "'") && message.contains(words), message);
    }
}
