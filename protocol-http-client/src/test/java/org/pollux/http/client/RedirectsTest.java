package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.testkit.Peer;

final class RedirectsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @AutoClose
    private final HandServer server = new HandServer();

    private static String to(int status, String location) {
        return "HTTP/1.1 " + status + " Look There\r\nLocation: " + location + "\r\nContent-Length: 4\r\n\r\nbody";
    }

    @ParameterizedTest
    @CsvSource({
        "301, GET, GET", "302, GET, GET", "303, GET, GET", "307, GET, GET", "308, GET, GET",
        "301, POST, GET", "302, POST, GET", "303, POST, GET", "307, POST, POST", "308, POST, POST",
        "301, PUT, PUT", "303, PUT, GET", "303, HEAD, HEAD"
    })
    void aRedirectIsFollowedByTheMethodThatItsStatusMeans(int status, String method, String then) {
        boolean head = method.equals("HEAD");
        HttpRequest request = HttpRequest.of(method, Url.parse(server.url("/a/b?c")));
        if (method.startsWith("P")) {
            request = request.body("data".getBytes(ISO_8859_1)).header("Content-Type", "text/plain");
        }
        Recorded recorded = server.send(request);
        Peer peer = server.acceptRequest().send(head ? to(status, "../d?e").replace("body", "") : to(status, "../d?e"));
        String second = server.request(peer, 2);
        boolean again = method.startsWith("P") && !then.equals("GET");
        if (again) {
            server.turned.turnUntil(
                    "the body comes again",
                    () -> HandServer.text(peer.receiveSome()).endsWith("\r\n\r\ndata"));
        }
        int start = second.lastIndexOf(then + " /d?e HTTP/1.1");
        assertTrue(start > 0, second);
        assertEquals(again, second.indexOf("Content-Type", start) > 0, second);
        peer.send(head ? "HTTP/1.1 200 OK\r\n\r\n" : OK);
        recorded.ends(200, head ? "" : "ok");
        assertEquals(Url.parse(server.url("/d?e")), recorded.head().url());
    }

    @Test
    void aLoopIsToldAsALoop() {
        Recorded recorded = server.get("/a");
        Peer peer = server.acceptRequest().send(to(302, "/b"));
        server.request(peer, 2);
        peer.send(to(302, "/a"));
        String a = server.url("/a");
        recorded.fails(Reason.REDIRECT, "redirect loop: " + a + " -> " + server.url("/b") + " -> " + a);
    }

    @Test
    void tooManyAreTooMany() {
        Recorded recorded = server.send(HttpRequest.get(server.url("/0")).redirects(3));
        Peer peer = server.acceptRequest();
        for (int i = 1; i <= 4; i++) {
            server.request(peer, i);
            peer.send(to(307, "/" + i));
        }
        recorded.fails(Reason.REDIRECT, "too many redirects: more than 3, the last to " + server.url("/4"));
    }

    @Test
    void whoFollowsNoneGetsTheResponseItself() {
        Recorded recorded = server.send(HttpRequest.get(server.url("/")).redirects(0));
        server.acceptRequest().send(to(302, "/b"));
        recorded.ends(302, "body");
    }

    @Test
    void aRedirectWithoutALocationIsAResponse() {
        Recorded recorded = server.get("/");
        server.acceptRequest().send("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");
        recorded.ends(302, "");
    }

    @Test
    void aRedirectToHttpsSaysWhereItLed() {
        Recorded recorded = server.get("/");
        server.acceptRequest().send(to(301, "https://example.org/x"));
        recorded.fails(
                Reason.SCHEME,
                "redirected to https://example.org/x: https is not spoken: the client has no TLS engine");
    }

    @Test
    void aRedirectToNoUrlIsToldSo() {
        Recorded recorded = server.get("/");
        server.acceptRequest().send(to(301, "http://"));
        recorded.fails(Reason.REDIRECT, "the redirect target is not a URL: not a URL: 'http://': it has no host");
    }

    @Test
    void bytesBeyondAsciiInALocationAreThoseBytes() {
        Recorded recorded = server.get("/");
        Peer peer = server.acceptRequest().send(to(301, "/\u00FC")); // in UTF-8
        assertTrue(server.request(peer, 2).contains("GET /%C3%BC "), HandServer.text(peer));
        peer.send(OK);
        recorded.ends(200, "ok");
    }

    @Test
    void anotherHostDoesNotGetWhatWasMeantForThisOne() throws Exception {
        try (HandServer elsewhere = new HandServer()) {
            Recorded recorded = server.send(HttpRequest.get(server.url("/"))
                    .header("Authorization", "Basic x")
                    .header("Proxy-Authorization", "Basic y")
                    .header("Cookie", "a=b")
                    .header("X", "y"));
            server.acceptRequest().send(to(302, elsewhere.url("/there")));
            Peer peer = server.acceptRequest(elsewhere);
            String request = HandServer.text(peer);
            assertTrue(request.contains("X: y\r\n"), request);
            assertFalse(request.contains("Authorization") || request.contains("Cookie"), request);
            peer.send(OK);
            recorded.ends(200, "ok");
        }
    }

    @Test
    void aLongBodyOfARedirectIsNotReadToItsEnd() {
        Recorded recorded = server.get("/");
        server.acceptRequest()
                .send("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 10000000\r\n\r\n" + ".".repeat(70_000));
        server.acceptRequest().send(OK);
        recorded.ends(200, "ok");
    }
}
