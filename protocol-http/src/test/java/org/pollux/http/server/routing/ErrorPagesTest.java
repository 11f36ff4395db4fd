package org.pollux.http.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pollux.http.ErrorBody;
import org.pollux.http.ErrorPage;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;

/** Which page writes the body of which error, and what becomes of its faults. */
class ErrorPagesTest {

    private static final String GET = "GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n";

    private final HandServer server = new HandServer(HandServer.limits(64, 128)).withText("/x");

    private void page(String name, Mount mount, int... statuses) {
        server.routes.addErrorPage(naming(name), mount, statuses);
    }

    private static ErrorPage naming(String name) {
        return (status, request) -> ErrorBody.html(name + status + (request == null ? "-" : request.path()));
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    // ---- when

    @Test
    void itWritesForWhatNoHandlerServes() {
        page("p", Mount.at());
        assertEquals(
                "HTTP/1.1 404 Not Found\r\n" + HandServer.DATE
                        + "Content-Type: text/html; charset=utf-8\r\nContent-Length: 12\r\n\r\np404/nothing",
                server.answer(GET));
        String notAllowed = server.answer(GET.replace("GET", "PUT").replace("/nothing", "/x"));
        assertTrue(notAllowed.contains("\r\nAllow: GET, HEAD, OPTIONS\r\n"), notAllowed);
        assertEquals("p405/x", body(notAllowed));
        assertEquals("p501/nothing", body(server.answer(GET.replace("GET", "BREW"))));
    }

    @Test
    void onlyErrorsHavePages() {
        List<Throwable> thrown = new ArrayList<>();
        server.with("/fine", (_, response) -> {
            thrown.add(assertThrows(IllegalArgumentException.class, () -> response.sendError(200)));
            thrown.add(assertThrows(IllegalArgumentException.class, () -> response.sendError(600)));
            response.send("fine");
        });
        assertEquals("fine", body(server.answer(GET.replace("/nothing", "/fine"))));
        assertEquals(2, thrown.size());
        assertThrows(IllegalArgumentException.class, () -> page("p", Mount.at(), 200));
    }

    @Test
    void itWritesForAHeadThatIsRefused() {
        page("p", Mount.at());
        assertEquals("p400-", body(server.answer("GET /x HTTP/1.1\r\n\r\n")));
        assertEquals("p505-", body(server.answer(GET.replace("1.1", "2.1"))));
        assertEquals("p414-", body(server.answer("GET /" + "x".repeat(64) + " HTTP/1.1\r\n")));
        assertEquals("p431-", body(server.answer(GET.replace("h\r\n", "h\r\nF: " + "x".repeat(128) + "\r\n"))));
    }

    @Test
    void itWritesForABodyThatIsRefused() {
        page("p", Mount.at());
        server.with(
                Mount.at("/whole").methods("POST"),
                (request, response) -> request.body().readAll(3, response::send));
        String head = "POST /whole HTTP/1.1\r\nHost: h\r\n";
        assertEquals("p413/whole", body(server.answer(head + "Content-Length: 4\r\n\r\nabcd")));
        assertEquals("p400/whole", body(server.answer(head + "Transfer-Encoding: chunked\r\n\r\nx")));
    }

    @Test
    void headHasItsLengthAndNotItsBody() {
        page("p", Mount.at());
        String answer = server.answer(GET.replace("GET", "HEAD"));
        assertTrue(answer.contains("\r\nContent-Length: 12\r\n") && answer.endsWith("\r\n\r\n"), answer);
        assertEquals("", body(server.answer("HEAD /x HTTP/1.1\r\n\r\n")));
    }

    // ---- which

    @Test
    void theOneThatSaysMoreComesFirst() {
        page("all", Mount.at());
        assertEquals("all404/nothing", body(server.answer(GET)));
        page("status", Mount.at(), 404, 405);
        assertEquals("status404/nothing", body(server.answer(GET)));
        assertEquals("all501/nothing", body(server.answer(GET.replace("GET", "BREW"))));
        page("path", Mount.at("/nothing").subpaths(), 404);
        assertEquals("path404/nothing/at", body(server.answer(GET.replace("thing", "thing/at"))));
        assertEquals("status404/no", body(server.answer(GET.replace("thing", ""))));
        page("host", Mount.at("/nothing").hosts("H"), 404);
        assertEquals("host404/nothing", body(server.answer(GET)));
        assertEquals("path404/nothing", body(server.answer(GET.replace("Host: h", "Host: g"))));
    }

    @Test
    void amongEqualsTheRankingDecidesAndThenTheFirst() {
        server.routes.addErrorPage(new ErrorPages.Page(naming("a"), Mount.at(), Set.of()), new Precedence(0, 1));
        server.routes.addErrorPage(new ErrorPages.Page(naming("b"), Mount.at(), Set.of()), new Precedence(0, 2));
        assertEquals("a404/nothing", body(server.answer(GET)));
        RouteRegistry.Registration high = server.routes.addErrorPage(
                new ErrorPages.Page(naming("c"), Mount.at(), Set.of()), new Precedence(1, 3));
        assertEquals("c404/nothing", body(server.answer(GET)));
        high.close();
        assertEquals("a404/nothing", body(server.answer(GET)));
    }

    @Test
    void onesWithAPathOrAHostAreNotAskedWithoutARequest() {
        page("path", Mount.at("/*"));
        page("host", Mount.at().hosts(""));
        assertEquals(HandServer.refusal(400), server.answer("GET /x HTTP/1.1\r\n\r\n"));
    }

    // ---- faults

    @Test
    void aTypeThatWouldEndItsLineIsNotSent() {
        server.routes.addErrorPage((_, _) -> new ErrorBody("text/html\r\nX: y", ""), Mount.at());
        assertEquals(HandServer.own(404, ""), server.answer(GET));
    }

    @Test
    void itsTextIsUtf8() {
        server.routes.addErrorPage((_, _) -> new ErrorBody("text/plain", "gr\u00fcn"), Mount.at());
        assertEquals("gr\u00c3\u00bcn", body(server.answer(GET)));
    }
}
