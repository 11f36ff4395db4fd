package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pollux.http.server.syntax.Status;
import org.pollux.reactor.testkit.HandConnection;

/**
 * What is served and what is refused, by the rules of RFC 9112 and RFC 9110. It is one file because it is one table, in the
 * order of the sections.
 */
class RequestSyntaxTest {

    private static final String SECRET = "GET /secret HTTP/1.1\r\nHost: a\r\n\r\n";

    private final HandServer server = new HandServer()
            .with("/", (request, response) -> response.send("root"))
            .with("/secret", (request, response) -> response.send("secret"));

    // ---- section 2.2: lines

    @Test
    void oneEmptyLineBeforeARequestIsIgnored() {
        served("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "\r\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aLineEndsInCrLfAndNothingElse() {
        refused(400, "GET / HTTP/1.1\nHost: a\n\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\n\n");
        refused(400, "GET / HTTP/1.1\rHost: a\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n");
    }

    // ---- section 3: the request line

    @Test
    void aRequestLineHasOneSpaceBetweenItsParts() {
        refused(400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n");
        refused(400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aMethodIsATokenInItsCase() {
        refused(400, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GÉT / HTTP/1.1\r\nHost: a\r\n\r\n");
        answered(501, "get / HTTP/1.1\r\nHost: a\r\n\r\n");
        answered(501, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n");
        answered(501, "M-SEARCH * HTTP/1.1\r\nHost: a\r\n\r\n");
        answered(501, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
    }

    @Test
    void aKnownMethodThatNoHandlerIsOfferedIsNotAllowed() {
        for (String method : new String[] {"POST", "PUT", "DELETE", "TRACE", "PATCH"}) {
            answered(405, method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
            answered(404, method + " /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        assertTrue(server.answer("PUT / HTTP/1.1\r\nHost: a\r\n\r\n").contains("\r\nAllow: GET, HEAD, OPTIONS\r\n"));
        answered(204, "OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n");
        answered(404, "OPTIONS /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
        answered(204, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aTargetHasOneOfTheFormsOfSection32() {
        served("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        served("GET /?a=\"b\"|c HTTP/1.1\r\nHost: a\r\n\r\n");
        served("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n");
        served("GET HTTPS://a:1/?b HTTP/1.1\r\nHost: b\r\n\r\n");
        served("GET http://a?b HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET ?a HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET http:// HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /?a#x HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET http://a#x HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "OPTIONS *#x HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "BREW /#x HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET # HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /\u00FC HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aPathThatCannotBeUnderstoodInOneWayIsRefused() {
        refused(400, "GET /%2Fsecret HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%5csecret HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /\\secret HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%0d%0a HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /% HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%FF HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%C0%AF HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /.. HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /a/../../secret HTTP/1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET /%2e%2e/secret HTTP/1.1\r\nHost: a\r\n\r\n");
        served("GET /a/%2E%2E/?/../% HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aVersionIsHttp1() {
        served("GET / HTTP/1.0\r\n\r\n");
        served("GET / HTTP/1.2\r\nHost: a\r\n\r\n");
        refused(505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n");
        refused(505, "PRI /a HTTP/2.0\r\n\r\nSM\r\n\r\n"); // * is the preface of HTTP/2
        refused(505, "GET / HTTP/0.9\r\n\r\n");
        refused(400, "GET / HTTP/11\r\nHost: a\r\n\r\n");
        refused(400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n");
        refused(400, "GET / HTTP/1,1\r\nHost: a\r\n\r\n");
        refused(400, "GET / HTTP/1.x\r\nHost: a\r\n\r\n");
        refused(400, "GET / HTTP/\r\nHost: a\r\n\r\n");
        refused(400, "GET / HTTPS/\r\nHost: a\r\n\r\n");
        for (String version : new String[] {
            "http/1.1",
            "Http/1.1",
            "HTTp/1.1",
            "HTTP1.1",
            "HTTP /1.1",
            "HTTPS/1.1",
            "RTSP/1.0",
            "ICE/1.0",
            "XHTTP/1.1",
            "HTTP/-1.1",
            "HTTP/1.01",
            "HTTP/1",
            "HTTP/1.",
            "http/2.0"
        }) {
            refused(400, "GET / " + version + "\r\nHost: a\r\n\r\n");
        }
        refused(505, "GET / HTTP/3.0\r\nHost: a\r\n\r\n");
        refused(400, "GET / 1.1\r\nHost: a\r\n\r\n");
        refused(400, "GET / \r\nHost: a\r\n\r\n");
    }

    @Test
    void whoNamesNoVersionIsToldWhatIsSpokenHere() {
        for (String line : new String[] {"GET /", "GET HTTP/1.1"}) {
            String answer = refused(426, line + "\r\n\r\n");
            assertTrue(answer.contains("\r\nConnection: upgrade\r\nUpgrade: HTTP/1.1\r\n"), answer);
        }
    }

    // ---- section 3.2 of RFC 9112, 7.2 of RFC 9110: Host

    @Test
    void aHostIsThereOnceAndWellFormed() {
        String[] valid = {
            "a",
            "a.b:8080",
            "A_b",
            "1.2.3.4",
            "[::1]",
            "[fe80::1]:80",
            "[::]",
            "[1:2:3:4:5:6:7:8]",
            "[1:2:3:4:5:6:7::]",
            "[::2:3:4:5:6:7:8]",
            "[1::ABCD:1.2.3.4]:1",
            "[::ffff:255.255.255.255]",
            "[1:2:3:4:5:6:7.8.9.0]",
            "a=b",
            "%41",
            "%C3%BC",
            "a:",
            "a:0",
            "a:00080",
            "a:65535"
        };
        for (String host : valid) {
            served("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            served("GET / HTTP/1.0\r\nHost:" + host + " \t\r\n\r\n");
            served("GET http://" + host + "/ HTTP/1.1\r\nHost: a\r\n\r\n");
            served("GET HTTP://" + host + "?b HTTP/1.0\r\n\r\n");
            answered(501, "BREW https://" + host + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        served("GET / HTTP/1.1\r\nHost:\r\n\r\n");
        served("GET / HTTP/1.0\r\nHost: \t\r\n\r\n");
        String[] invalid = {
            "a b",
            "a/",
            "u@a",
            "a:b",
            "a:123456",
            "[::1",
            "::1",
            "[]",
            "[g::]",
            "[::1]a",
            "%4",
            "%zz",
            ":80",
            "<a>",
            "\u00FC",
            "u:p@a",
            "@a",
            "a@",
            "a:x",
            "a:-1",
            "a:+1",
            "a:65536",
            "a:99999999999999999999",
            "a:80:80",
            "a,b",
            "a, b",
            "%00",
            "%0d%0a",
            "%20",
            "%2F",
            "%40",
            "%3a80",
            "%25",
            "a%",
            "[fe80::1%25eth0]",
            "[fe80::1%eth0]",
            "[v1.a]",
            "[1.2.3.4]",
            "[:]",
            "[:::]",
            "[::1::]",
            "[1:2:3:4:5:6:7]",
            "[1:2:3:4:5:6:7:8:9]",
            "[1:2:3:4:5:6:7:8::]",
            "[12345::]",
            "[1:]",
            "[:1]",
            "[::256.1.1.1]",
            "[::1.2.3]",
            "[::1.2.3.4.5]",
            "[::01.2.3.4]",
            "[1.2.3.4::]",
            "[::1]:x",
            "[::1]80",
            "]",
            "a[",
            "a\\b"
        };
        for (String host : invalid) {
            refused(400, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            refused(400, "GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
            for (String method : new String[] {"GET", "POST", "OPTIONS", "BREW", "CONNECT"}) {
                if (!host.equals("a/")) {
                    refused(400, method + " http://" + host + "/ HTTP/1.1\r\nHost: a\r\n\r\n");
                    refused(400, method + " https://" + host + " HTTP/1.1\r\nHost: a\r\n\r\n");
                }
            }
        }
        for (String target : new String[] {"http://", "http:///", "http://?a", "http://:80", "HTTPS:///a"}) {
            refused(400, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            refused(400, "BREW " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        refused(400, "GET / HTTP/1.1\r\n\r\n");
        refused(400, "GET http://a/ HTTP/1.1\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n");
        refused(400, "GET / HTTP/1.0\r\nHost: a\r\nHOST: b\r\n\r\n");
    }

    @Test
    void aTunnelIsAskedForByHostAndPort() {
        for (String target : new String[] {"a:443", "1.2.3.4:1", "[::1]:65535"}) {
            answered(501, "CONNECT " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        for (String target : new String[] {
            "a",
            "a:",
            "a:0",
            "a:x",
            "a:65536",
            ":443",
            "u@a:443",
            "[::1:443",
            "[::1]",
            "*",
            "a:443/",
            "a:443?b",
            "http:"
        }) {
            refused(400, "CONNECT " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
    }

    // ---- section 5: fields

    @Test
    void aHeadMayHaveAHundredFields() {
        String fields = "a: b\r\n".repeat(99);
        served("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        refused(431, "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "c: d\r\n\r\n");
        refused(431, "GET / HTTP/1.0\r\n" + "a:\r\n".repeat(1500) + "\r\n");
        served("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aFieldIsATokenAColonAndText() {
        served("GET / HTTP/1.1\r\nHost: a\r\nX:\r\nY: \t \r\nZ:a:b\t\u00FC\"\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost\t: a\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nb\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nb@: c\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nb\u00FC: c\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nb: \u0000\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nb: \u001B\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nb: \u007F\r\n\r\n");
    }

    @Test
    void aFoldedLineIsRefused() {
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n y\r\n\r\n");
    }

    @Test
    void connectionIsAListOfOptions() {
        served("GET / HTTP/1.1\r\nHost: a\r\nConnection: , x ,,\tkeep-alive ,\r\n\r\n");
        served("GET / HTTP/1.1\r\nHost: a\r\nConnection:\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep alive\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close;x\r\n\r\n");
    }

    // ---- section 6: the end of the message

    @Test
    void aLengthIsThereOnceAndANumber() {
        served("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        served("GET / HTTP/1.1\r\nHost: a\r\nContent-Length:\t000 \r\n\r\n");
        String[] invalid = {
            "", "-1", "+1", "1 2", "1,1", "0x1", "1.0", "a", "9223372036854775808", "100000000000000000000"
        };
        for (String length : invalid) {
            refused(400, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
        }
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n");
    }

    @Test
    void aLengthAndACodingExcludeEachOther() {
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n");
        refused(400, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @Test
    void aCodingThatIsNotSpokenHereIsRefused() {
        refused(501, "POST / HTTP/1.1\r\nHost: a\r\ntransfer-encoding: x, chunked\r\n\r\n");
        refused(501, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String coding :
                new String[] {"", "identity", "gzip", "xchunked", "chunked, x", "chunkedchunked", "chunked;a"}) {
            refused(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding + "\r\n\r\n");
        }
        refused(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n");
        refused(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @Test
    void anExpectationThatIsNotKnownIsRefused() {
        refused(417, "GET / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n");
        refused(417, "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nExpect: x\r\n\r\n");
        served("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n");
        served("GET / HTTP/1.0\r\nExpect: 200-ok\r\n\r\n");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        refused(413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n");
        refused(413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741825\r\n\r\n");
    }

    // ---- limits

    @Test
    void aRequestLineMayBeAsLongAsTheLimit() {
        HandServer small = new HandServer(HandServer.limits(64, 128));
        String fits = "GET /?" + "q".repeat(64 - 17) + " HTTP/1.1\r\n";
        String head = fits + "Host: a\r\n\r\n";
        assertTrue(fits.length() == 64 && small.answer(head).startsWith("HTTP/1.1 404 "));
        assertEquals(HandServer.refusal(414), small.answer(head.replace("?", "?q") + SECRET));
        assertEquals(HandServer.refusal(414), small.answer("G".repeat(65)));
        assertEquals("", small.answer("G".repeat(64)));
        assertTrue(small.answer(head + "G".repeat(65)).endsWith(HandServer.refusal(414)));
    }

    @Test
    void aHeadMayBeAsLongAsTheLimit() {
        HandServer small = new HandServer(HandServer.limits(64, 128));
        String line = "GET / HTTP/1.1\r\n";
        String fits = line + "Host: " + "a".repeat(128 - 10 - line.length()) + "\r\n\r\n";
        assertTrue(fits.length() == 128 && small.answer(fits).startsWith("HTTP/1.1 404 "));
        assertEquals(HandServer.refusal(431), small.answer(fits.replace("Host: a", "Host: aa") + SECRET));
        assertEquals(HandServer.refusal(431), small.answer(line + "a".repeat(128)));
        assertEquals("", small.answer(line + "a".repeat(112)));
    }

    private void served(String request) {
        HandConnection connection = server.connect();
        String answer = connection.receive(request).takeSent();
        assertTrue(answer.startsWith("HTTP/1.1 200 "), () -> "Refused: " + request + answer);
    }

    /** Answered with an error and served on, because its end is certain. */
    private void answered(int status, String request) {
        HandConnection connection = server.connect();
        String answers = connection.receive(request + SECRET).takeSent();
        assertTrue(answers.startsWith("HTTP/1.1 " + status + " "), () -> request + answers);
        assertTrue(answers.endsWith("\r\n\r\nsecret"), () -> request + answers);
        assertFalse(connection.isClosed());
    }

    /** Refused, and nothing behind it is served. */
    private String refused(int status, String request) {
        HandConnection connection = server.connect();
        String answer = connection.receive(request + SECRET).takeSent();
        assertTrue(
                answer.startsWith("HTTP/1.1 " + status + " "),
                () -> "Not refused with " + status + ": " + request + answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n" + status + " " + Status.reason(status) + "\n"), answer);
        assertTrue(connection.isClosed() && !connection.isReset());
        return answer;
    }
}
