package org.pollux.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.servlet.sessions.SessionSettings;

/** Requests and responses of servlets, by the sections of the Servlet specification 6.1. */
@Timeout(60)
class ServletContainerTest {

    private static HandServlets of(HandServlets.Service service) throws ServletException {
        return new HandServlets(service);
    }

    private static String bodyOf(HandServlets.Service service, String target, String... fields)
            throws ServletException {
        try (HandServlets server = of(service)) {
            return HandServlets.body(server.get(target, fields));
        }
    }

    @Test
    void aSmallResponseHasItsLength_5_1() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print("grüß dich");
        })) {
            String sent = server.get("/");
            assertTrue(sent.startsWith("HTTP/1.1 200 "), sent);
            assertTrue(sent.contains("Content-Type: text/plain;charset=UTF-8\r\n"), sent);
            assertTrue(sent.contains("Content-Length: 11\r\n"), sent);
        }
    }

    @Test
    void aResponseThatExceedsItsBufferIsCommitted_5_1() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.getOutputStream().write(new byte[8192]);
            assertFalse(response.isCommitted());
            response.getOutputStream().write(1);
            assertTrue(response.isCommitted());
            response.setHeader("X-Late", "no");
            response.setStatus(500);
            assertThrows(IllegalStateException.class, response::resetBuffer);
            assertThrows(IllegalStateException.class, () -> response.sendError(500));
        })) {
            String sent = server.get("/");
            assertTrue(sent.startsWith("HTTP/1.1 200 "), sent);
            assertTrue(sent.contains("chunked") && !sent.contains("X-Late"), sent);
        }
    }

    @Test
    void thePathAfterTheContextIsDecodedAndTheUriIsNot_3_6() throws ServletException {
        ServletSettings settings = new ServletSettings(
                "/app",
                4,
                Duration.ofSeconds(30),
                false,
                1000,
                Duration.ZERO,
                Path.of(System.getProperty("java.io.tmpdir")));
        try (HandServlets server = new HandServlets(
                settings,
                SessionSettings.defaults(),
                (request, response) -> response.getWriter()
                        .print(request.getContextPath()
                                + '|'
                                + request.getServletPath()
                                + '|'
                                + request.getPathInfo()
                                + '|'
                                + request.getRequestURI()
                                + '|'
                                + request.getRequestURL()
                                + '|'
                                + request.getQueryString()))) {
            assertEquals(
                    "/app||/a b|/app/a%20b|http://h/app/a%20b|c=d%20e",
                    HandServlets.body(server.get("/app/a%20b?c=d%20e")));
            assertEquals("/app||/|/app|http://h/app|null", HandServlets.body(server.get("/app")));
        }
    }

    @Test
    void parametersOfTheQueryComeBeforeThoseOfTheForm_3_1() throws ServletException {
        HandServlets.Service echo = (request, response) -> response.getWriter()
                .print(Arrays.toString(request.getParameterValues("a"))
                        + request.getParameter("b")
                        + Collections.list(request.getParameterNames()));
        assertEquals("[1, 2]x y[a, b]", bodyOf(echo, "/?a=1&b=x+y&a=2"));
        try (HandServlets server = of(echo)) {
            String body = "a=2&b=%C3%A4";
            String sent = server.ask("POST /?a=1 HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded"
                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertEquals("[1, 2]\u00E4[a, b]", HandServlets.body(sent), "the writer's charset is ISO-8859-1 (5.6)");
        }
    }

    @Test
    void aMalformedOrTooLargeFormGetsAnErrorOfTheClient_3_1() throws ServletException {
        ServletSettings settings = new ServletSettings(
                "", 4, Duration.ofSeconds(30), false, 10, Duration.ZERO, Path.of(System.getProperty("java.io.tmpdir")));
        try (HandServlets server = new HandServlets(
                settings,
                SessionSettings.defaults(),
                (request, response) -> response.getWriter().print(request.getParameter("a")))) {
            String form = "application/x-www-form-urlencoded";
            assertTrue(server.get("/?a=%zz").startsWith("HTTP/1.1 400 "));
            assertTrue(server.post(form, "a=12345678").endsWith("12345678"));
            assertTrue(server.post(form, "a=123456789").startsWith("HTTP/1.1 413 "));
        }
    }

    @Test
    void headersAndCookiesAreRead_3_4_and_3_10() throws ServletException {
        assertEquals(
                "7|-1|784111777000|[a, b]|c=d|de",
                bodyOf(
                        (request, response) -> {
                            Cookie cookie = request.getCookies()[0];
                            assertThrows(NumberFormatException.class, () -> request.getIntHeader("Host"));
                            assertThrows(IllegalArgumentException.class, () -> request.getDateHeader("Host"));
                            response.getWriter()
                                    .print(request.getIntHeader("x-n") + "|" + request.getIntHeader("none") + '|'
                                            + request.getDateHeader("x-d") + '|'
                                            + Collections.list(request.getHeaders("x-m")) + '|' + cookie.getName()
                                            + '=' + cookie.getValue() + '|' + request.getLocale());
                        },
                        "/",
                        "X-N: 7",
                        "X-D: Sun, 06 Nov 1994 08:49:37 GMT",
                        "X-M: a",
                        "X-M: b",
                        "Cookie: c=d; =x",
                        "Accept-Language: en;q=0.5, de"));
    }

    @Test
    void headersOfTheResponseAreSetAddedAndRemoved_5_2() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.setHeader("X-A", "1");
            response.addHeader("X-A", "2");
            response.setHeader("X-B", "3");
            response.setHeader("X-B", null);
            response.setDateHeader("X-D", 784111777000L);
            response.setIntHeader("X-I", 5);
            Cookie cookie = new Cookie("c", "d");
            cookie.setHttpOnly(true);
            cookie.setMaxAge(60);
            cookie.setAttribute("SameSite", "Strict");
            response.addCookie(cookie);
            response.addCookie(cookieWithoutAge("gone"));
            response.getHeaders("x-a").clear(); // what was asked for is a copy
            response.setContentLength(0);
            assertEquals("[1, 2]", response.getHeaders("x-a").toString());
            assertEquals("[0]", response.getHeaders("content-length").toString());
            assertTrue(response.getHeaderNames().containsAll(List.of("X-A", "Content-Length")));
        })) {
            String sent = server.get("/");
            assertTrue(sent.contains("X-A: 1\r\nX-A: 2\r\n"), sent);
            assertFalse(sent.contains("X-B"), sent);
            assertTrue(sent.contains("X-D: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), sent);
            assertTrue(
                    sent.contains("Max-Age=60") && sent.contains("HttpOnly") && sent.contains("SameSite=Strict"), sent);
            assertTrue(sent.contains("Set-Cookie: gone=; Expires=Thu, 01 Jan 1970 00:00:00 GMT\r\n"), sent);
        }
    }

    private static Cookie cookieWithoutAge(String name) {
        Cookie cookie = new Cookie(name, "");
        cookie.setMaxAge(0);
        return cookie;
    }

    @Test
    void datesOfThreeFormsAreRead_3_4() throws ServletException {
        assertEquals(
                "784111777000|784111777000",
                bodyOf(
                        (request, response) -> response.getWriter()
                                .print(request.getDateHeader("x-d") + "|" + request.getDateHeader("x-e")),
                        "/",
                        "X-D: Sunday, 06-Nov-94 08:49:37 GMT",
                        "X-E: Sun Nov  6 08:49:37 1994"));
    }

    @Test
    void anErrorReplacesTheBodyAndCommits_5_5() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.getWriter().print("lost");
            response.sendError(410, "<script>");
            assertTrue(response.isCommitted());
            response.getWriter().print("lost, too");
        })) {
            String sent = server.get("/");
            assertTrue(sent.startsWith("HTTP/1.1 410 "), sent);
            assertFalse(sent.contains("lost") || sent.contains("<script>"), sent);
        }
    }

    @Test
    void aRedirectKeepsItsLocationAndEncodesIt_5_5() throws ServletException {
        try (HandServlets server = of((_, response) -> response.sendRedirect("/ä b?c=d"))) {
            String sent = server.get("/");
            assertTrue(sent.startsWith("HTTP/1.1 302 "), sent);
            assertTrue(sent.contains("Location: /%C3%A4%20b?c=d\r\n"), sent);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://elsewhere/x?y, http://elsewhere/x?y",
        "//elsewhere/x, http://elsewhere/x",
        "/ä b?c=d, http://h/%C3%A4%20b?c=d",
        "next, http://h/a/next",
        "../up, http://h/a/../up",
        "?z, http://h/a/b?z",
        "#part, http://h/a/b?q=1#part"
    })
    void aRelativeRedirectIsMadeAbsoluteWhenThatIsWanted_5_5(String location, String sent) throws ServletException {
        ServletSettings settings = new ServletSettings(
                "",
                4,
                Duration.ofSeconds(30),
                true,
                1000,
                Duration.ZERO,
                Path.of(System.getProperty("java.io.tmpdir")));
        try (HandServlets server = new HandServlets(
                settings, SessionSettings.defaults(), (_, response) -> response.sendRedirect(location))) {
            String response = server.get("/a/b?q=1");
            assertTrue(response.contains("Location: " + sent + "\r\n"), response);
        }
    }

    @Test
    void aConnectionHasAnIdOfItsOwnForAllItsRequests() throws ServletException {
        try (HandServlets server = of((request, response) ->
                response.getWriter().print(request.getServletConnection().getConnectionId()))) {
            String id = HandServlets.body(server.get("/"));
            assertEquals(id, HandServlets.body(server.get("/")));
            String another = HandServlets.body(server.getElsewhere("/")); // from the same addresses
            assertNotEquals(id, another);
        }
    }

    @Test
    void aServletThatThrowsGets500AndTheNextRequestIsServed() throws ServletException {
        try (HandServlets server = of((request, response) -> {
            if (request.getQueryString() != null) {
                throw new IOException("broken");
            }
            response.getWriter().print("fine");
        })) {
            assertTrue(server.get("/?x").startsWith("HTTP/1.1 500 "));
            assertEquals("fine", HandServlets.body(server.get("/")));
        }
    }

    @Test
    void anUnavailableServletSaysForHowLong_2_3_3_2() throws ServletException {
        try (HandServlets server = of((request, _) -> {
            throw request.getQueryString() == null
                    ? new UnavailableException("for ever")
                    : new UnavailableException("for a moment", Integer.parseInt(request.getQueryString()));
        })) {
            assertTrue(server.get("/").startsWith("HTTP/1.1 404 "));
            String sent = server.get("/?7");
            assertTrue(sent.startsWith("HTTP/1.1 503 ") && sent.contains("Retry-After: 7\r\n"), sent);
            assertTrue(server.get("/?0").contains("Retry-After: 1\r\n"), "zero means that it does not know");
        }
    }

    @Test
    void aDispatcherThatCatchesTheFaultOfAServletDoesNotHideItsStatus() throws ServletException {
        try (HandServlets server = of((request, response) -> {
            Throwable fault = request.getQueryString() == null
                    ? new IOException("broken")
                    : new UnavailableException("for a moment", 7);
            request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, fault); // as the bridge does
            response.sendError(500);
        })) {
            String sent = server.get("/?unavailable");
            assertTrue(sent.startsWith("HTTP/1.1 503 ") && sent.contains("Retry-After: 7\r\n"), sent);
            assertTrue(server.get("/").startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void aResetForgetsFieldsStatusBodyAndWriter_5_1() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.setBufferSize(20_000);
            assertTrue(response.getBufferSize() >= 20_000);
            response.setStatus(404);
            response.setHeader("X-A", "1");
            response.setContentType("text/html");
            response.getWriter().print("lost");
            assertThrows(IllegalStateException.class, () -> response.setBufferSize(30_000));
            response.reset();
            response.getOutputStream().write('k');
        })) {
            String sent = server.get("/");
            assertTrue(sent.startsWith("HTTP/1.1 200 ") && sent.endsWith("\r\n\r\nk"), sent);
            assertFalse(sent.contains("X-A") || sent.contains("Content-Type"), "no type is made up (5.2): " + sent);
        }
    }

    @Test
    void aBodyIsReadAndWrittenInOneWayOnly_3_1_and_5_5() throws ServletException {
        assertEquals(
                "fine",
                bodyOf(
                        (request, response) -> {
                            request.getReader();
                            assertThrows(IllegalStateException.class, request::getInputStream);
                            response.getWriter().print("fine");
                            assertThrows(IllegalStateException.class, response::getOutputStream);
                        },
                        "/"));
    }

    @Test
    void aLanguageThatNoClientAsksForIsThatOfTheServer_3_12() throws ServletException {
        assertEquals(
                "1 " + Locale.getDefault(),
                bodyOf(
                        (request, response) -> response.getWriter()
                                .print(Collections.list(request.getLocales()).size() + " " + request.getLocale()),
                        "/"));
    }

    @Test
    void aResponseIsClosedWhenItsLengthIsWritten_5_7() throws ServletException {
        assertEquals(
                "four",
                bodyOf(
                        (_, response) -> {
                            response.setContentLength(4);
                            response.getWriter().print("four, and more");
                        },
                        "/"));
    }

    @Test
    void nothingIsSentBeyondALengthThatIsToldLate_5_7() throws ServletException {
        assertEquals(
                "four",
                bodyOf(
                        (_, response) -> {
                            response.getWriter().print("four, and more");
                            response.setContentLength(4);
                        },
                        "/"));
    }

    @Test
    void aResetOfTheBufferKeepsTheLengthOfTheBody_5_1() throws ServletException {
        assertEquals(
                "four",
                bodyOf(
                        (_, response) -> {
                            response.setContentLength(4);
                            response.getWriter().print("lost");
                            response.resetBuffer();
                            response.getWriter().print("four, and more");
                        },
                        "/"));
    }

    @Test
    void aRedirectForgetsTheLengthOfTheBodyThatItReplaces_5_5() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.setContentLength(100);
            response.sendRedirect("/elsewhere");
        })) {
            String sent = server.get("/");
            assertTrue(sent.startsWith("HTTP/1.1 302 ") && sent.contains("\r\nContent-Length: 0\r\n"), sent);
        }
    }

    @Test
    void whatIsWrittenAfterTheStreamIsClosedIsNotSent_5_7() throws ServletException {
        assertEquals(
                "whole",
                bodyOf(
                        (_, response) -> {
                            response.getOutputStream().print("whole");
                            response.getOutputStream().close();
                            response.getOutputStream().print(", and more");
                        },
                        "/"));
    }

    @Test
    void headOfALargeBodyDoesNotSayThatItIsEmpty() throws ServletException {
        try (HandServlets server = of((_, response) -> response.getWriter().print("hello".repeat(10_000)))) {
            server.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            server.reactor().turnUntil("its head", () -> server.client().sent().contains("\r\n\r\n"));
            String sent = server.client().takeSent();
            assertTrue(sent.startsWith("HTTP/1.1 200 ") && sent.endsWith("\r\n\r\n"), sent);
            assertFalse(sent.contains("Content-Length"), sent);
            assertTrue(server.get("/").contains("hellohello"), "the connection goes on");
        }
    }

    @Test
    void aResponseThatWasBegunIsCutWhenItsServletFails() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.getWriter().print("begun");
            response.flushBuffer();
            throw new IllegalStateException("broken");
        })) {
            server.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            server.reactor().turnUntil("the end", () -> server.client().isClosed());
            assertFalse(
                    server.client().sent().contains("\r\n0\r\n"),
                    server.client().sent());
        }
    }

    @Test
    void aBodyOfUnknownLengthIsReadToItsTrailers_3_4() throws ServletException {
        try (HandServlets server = of((request, response) -> {
            assertFalse(request.isTrailerFieldsReady());
            String body = new String(request.getInputStream().readAllBytes(), ISO_8859_1);
            response.getWriter().print(body + request.getTrailerFields());
        })) {
            assertEquals(
                    "hello{x-sum=5}",
                    HandServlets.body(server.ask(String.join(
                            "\r\n",
                            "POST / HTTP/1.1",
                            "Host: h",
                            "Transfer-Encoding: chunked",
                            "",
                            "5",
                            "hello",
                            "0",
                            "X-Sum: 5",
                            "",
                            ""))));
        }
    }

    @Test
    void aResponseHasTrailers_5_3() throws ServletException {
        try (HandServlets server = of((_, response) -> {
            response.setTrailerFields(() -> Map.of("X-Sum", "5"));
            response.getWriter().print("hello");
        })) {
            String sent = server.get("/", "TE: trailers");
            assertTrue(sent.contains("\r\n0\r\nX-Sum: 5\r\n"), sent);
        }
    }

    @Test
    void headHasTheFieldsOfGetAndNoBody() throws ServletException {
        try (HandServlets server = of((_, response) -> response.getWriter().print("hello"))) {
            String sent = server.ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertTrue(sent.contains("Content-Length: 5\r\n"), sent);
            assertEquals("hello", sent.substring(sent.lastIndexOf("\r\n\r\n") + 4));
        }
    }

    @Test
    void moreRequestsThanAllowedGet503() throws Exception {
        ServletSettings settings = new ServletSettings(
                "", 1, Duration.ofSeconds(30), false, 10, Duration.ZERO, Path.of(System.getProperty("java.io.tmpdir")));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (HandServlets server = new HandServlets(settings, SessionSettings.defaults(), (_, _) -> {
            inside.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        })) {
            server.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            inside.await();
            assertTrue(server.getElsewhere("/").startsWith("HTTP/1.1 503 "));
            end.countDown();
            assertTrue(server.await("\r\n\r\n").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void aFieldThatTheServerRefusesGets500AtOnce_5_2() throws ServletException {
        try (HandServlets server = of((request, response) -> {
            response.setHeader("X-A", "a\r\nX-B: b");
            if (request.getQueryString() != null) {
                response.sendError(404);
            }
        })) {
            for (String target : new String[] {"/", "/?x"}) {
                String sent = server.get(target);
                assertTrue(sent.startsWith("HTTP/1.1 500 "), sent);
                assertFalse(sent.contains("X-B"), sent);
            }
        }
    }
}
