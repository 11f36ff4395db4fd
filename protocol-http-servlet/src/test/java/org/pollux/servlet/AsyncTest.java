package org.pollux.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.servlet.sessions.SessionSettings;

/** Requests that go on after their servlet has returned, and streams that do not block (Servlet 6.1, 2.3.3.3, 3.8, 5.4). */
@Timeout(60)
class AsyncTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final class Heard implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            heard.add("complete");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            heard.add("timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            heard.add("error " + event.getThrowable().getMessage());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            heard.add("started again");
        }
    }

    private AsyncContext start(HttpServletRequest request) {
        AsyncContext async = request.startAsync();
        async.addListener(new Heard());
        return async;
    }

    @Test
    void aRequestIsCompletedLaterByAnotherThread() throws Exception {
        try (HandServlets server = new HandServlets((request, _) -> {
            AsyncContext async = start(request);
            assertThrows(IllegalStateException.class, request::startAsync);
            async.start(() -> {
                try {
                    async.getResponse().getWriter().print("later");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                async.complete();
            });
        })) {
            assertEquals("later", HandServlets.body(server.get("/")));
            server.reactor().turnUntil("the listener", () -> !heard.isEmpty());
            assertEquals(List.of("complete"), heard);
        }
    }

    @Test
    void aRequestIsDispatchedToAnotherPathAndItsListenersFollow() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                start(request).dispatch("/again");
            } else if (request.getPathInfo().equals("/again")) {
                request.startAsync().dispatch("/end");
            } else {
                response.getWriter()
                        .print(request.getDispatcherType() + request.getPathInfo() + request.isAsyncStarted());
            }
        })) {
            assertEquals("ASYNC/endfalse", HandServlets.body(server.get("/first")));
            assertEquals("started again", heard.getFirst());
        }
    }

    @Test
    void parametersOfADispatchComeFirstAndAttributesTellTheFormerPath() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                assertEquals("1", request.getParameter("a")); // they are read already
                request.startAsync().dispatch("/a%20path?a=2");
            } else {
                response.getWriter()
                        .print(request.getPathInfo() + " " + request.getRequestURI() + " " + request.getQueryString()
                                + " " + Arrays.toString(request.getParameterValues("a")) + request.getParameter("b")
                                + " "
                                + request.getAttribute(AsyncContext.ASYNC_REQUEST_URI) + " "
                                + request.getAttribute(AsyncContext.ASYNC_PATH_INFO) + " "
                                + request.getAttribute(AsyncContext.ASYNC_QUERY_STRING));
            }
        })) {
            assertEquals(
                    "/a path /a%20path a=2 [2, 1]3 /first /first a=1&b=3",
                    HandServlets.body(server.get("/first?a=1&b=3")));
        }
    }

    /** As the wrapper of a dispatcher, which keeps the path for which it was made. */
    private static HttpServletRequest wrapped(HttpServletRequest request, String path) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getServletPath() {
                return path;
            }

            @Override
            public String getRequestURI() {
                return path;
            }

            @Override
            public Object getAttribute(String name) {
                return name.equals("of the wrapper") ? "kept" : super.getAttribute(name);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"/next", ""})
    void aWrappedRequestIsDispatchedToItsNewPath(String to) throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                AsyncContext async = request.startAsync(wrapped(request, "/forwarded"), response);
                if (to.isEmpty()) {
                    async.dispatch(); // to the URI that the wrapper shows
                } else {
                    async.dispatch(to);
                }
            } else {
                response.getWriter()
                        .print(request.getServletPath() + request.getPathInfo() + " " + request.getRequestURI() + " "
                                + request.getAttribute("of the wrapper"));
            }
        })) {
            String path = to.isEmpty() ? "/forwarded" : to;
            assertEquals(path + " " + path + " kept", HandServlets.body(server.get("/first")));
        }
    }

    @Test
    void aRequestIsNotDispatchedOutsideOfItsContainer() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            AsyncContext async = request.startAsync();
            for (String path : List.of("next", "/%zz")) {
                assertThrows(IllegalArgumentException.class, () -> async.dispatch(path));
            }
            response.getWriter().print("refused");
            async.complete();
        })) {
            assertEquals("refused", HandServlets.body(server.get("/")));
        }
    }

    @Test
    void aRequestThatWaitsTooLongGets500() throws Exception {
        try (HandServlets server =
                new HandServlets((request, _) -> start(request).setTimeout(1))) {
            assertTrue(server.get("/").startsWith("HTTP/1.1 500 "));
            server.reactor().turnUntil("the listener", () -> heard.size() == 2);
            assertEquals(List.of("timeout", "complete"), heard);
        }
    }

    @Test
    void aServletThatFailsAfterItsStartTellsItsListeners() throws Exception {
        try (HandServlets server = new HandServlets((request, _) -> {
            start(request);
            throw new IOException("broken");
        })) {
            assertTrue(server.get("/").startsWith("HTTP/1.1 500 "));
            server.reactor().turnUntil("the listener", () -> heard.size() == 2);
            assertEquals(List.of("error broken", "complete"), heard);
        }
    }

    @Test
    void listenersOfStreamsNeedAnAsynchronousRequest_3_8_and_5_4() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            ReadListener reads = new ReadListener() {
                @Override
                public void onDataAvailable() {}

                @Override
                public void onAllDataRead() {}

                @Override
                public void onError(Throwable fault) {}
            };
            WriteListener writes = new WriteListener() {
                @Override
                public void onWritePossible() {}

                @Override
                public void onError(Throwable fault) {}
            };
            assertThrows(
                    IllegalStateException.class, () -> request.getInputStream().setReadListener(reads));
            assertThrows(
                    IllegalStateException.class,
                    () -> response.getOutputStream().setWriteListener(writes));
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch(); // then it is not asynchronous any more
            }
        })) {
            assertTrue(server.get("/").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void aBodyIsReadWithoutBlocking_3_8() throws Exception {
        try (HandServlets server = new HandServlets((request, _) -> {
            AsyncContext async = request.startAsync();
            ServletInputStream in = request.getInputStream();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            in.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    while (in.isReady() && !in.isFinished()) {
                        read.write(in.read());
                    }
                }

                @Override
                public void onAllDataRead() throws IOException {
                    async.getResponse().getWriter().print(read.toString(ISO_8859_1));
                    async.complete();
                }

                @Override
                public void onError(Throwable fault) {
                    heard.add("error " + fault);
                }
            });
        })) {
            server.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhel");
            server.send("lo wo");
            server.send("rl");
            assertEquals("hello worl", HandServlets.body(server.await("\r\n\r\n")));
        }
    }

    @Test
    void aResponseIsWrittenAsFastAsTheClientTakesIt_5_4() throws Exception {
        int pieces = 200;
        try (HandServlets server = new HandServlets((request, response) -> {
            AsyncContext async = request.startAsync();
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new WriteListener() {
                private int left = pieces;

                @Override
                public void onWritePossible() throws IOException {
                    heard.add("possible");
                    while (out.isReady()) {
                        if (left-- == 0) {
                            async.complete();
                            return;
                        }
                        out.write(new byte[10_000]);
                    }
                }

                @Override
                public void onError(Throwable fault) {
                    heard.add("error " + fault);
                }
            });
        })) {
            server.client().block();
            server.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            server.reactor().turnUntil("the first piece", () -> !heard.isEmpty());
            server.client().drain();
            server.reactor().turnUntil("all", () -> {
                server.client().drain();
                return server.client().sent().endsWith("\r\n0\r\n\r\n");
            });
            assertTrue(heard.size() > 1 && heard.stream().allMatch("possible"::equals), heard.toString());
            assertTrue(server.client().sent().length() > 10_000 * pieces);
        }
    }

    /** Answers each octet with the next one. */
    public static final class Next implements HttpUpgradeHandler {
        private static final CountDownLatch DESTROYED = new CountDownLatch(1);

        @Override
        public void init(WebConnection connection) {
            try {
                for (int octet; (octet = connection.getInputStream().read()) >= 0; ) {
                    connection.getOutputStream().write(octet + 1);
                    connection.getOutputStream().flush();
                }
                connection.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void destroy() {
            DESTROYED.countDown();
        }
    }

    @Test
    void aConnectionContinuesWithAnotherProtocol_2_3_3_5() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            response.setHeader("Upgrade", "next");
            response.setStatus(101);
            request.upgrade(Next.class);
        })) {
            server.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: next\r\n\r\n");
            String head = server.await("\r\n\r\n");
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            server.send("HAL");
            server.reactor().turnUntil("IBM", () -> server.client().sent().equals("IBM"));
            server.client().receiveEnd();
            server.reactor().turnUntil("the end", () -> Next.DESTROYED.getCount() == 0);
            assertTrue(Next.DESTROYED.await(30, TimeUnit.SECONDS));
            assertFalse(heard.contains("error"));
        }
    }

    private static final ServletSettings ONE_REQUEST = new ServletSettings(
            "", 1, Duration.ofSeconds(30), false, 10, Duration.ZERO, Path.of(System.getProperty("java.io.tmpdir")));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatDisconnectsMakesRoomForTheNextRequestAndIsNotAFault(boolean isBegun) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        CountDownLatch waits = new CountDownLatch(1);
        try (HandServlets server = new HandServlets(ONE_REQUEST, SessionSettings.defaults(), (request, response) -> {
            if (request.getPathInfo().equals("/waits")) {
                start(request);
                if (isBegun) {
                    response.flushBuffer();
                }
                waits.countDown();
            }
        })) {
            System.setErr(new PrintStream(log, true, UTF_8));
            server.send("GET /waits HTTP/1.1\r\nHost: h\r\n\r\n");
            assertTrue(waits.await(30, TimeUnit.SECONDS));
            server.reactor()
                    .turnUntil(
                            "its head", () -> !isBegun || server.client().sent().contains("\r\n\r\n"));
            server.client().reset();
            server.reactor().turnUntil("a place", () -> heard.contains("complete"));
            server.reactor()
                    .turnUntil("a response", () -> server.getElsewhere("/").startsWith("HTTP/1.1 200 "));
            assertEquals(List.of("error The client has disconnected", "complete"), heard);
            assertFalse(log.toString(UTF_8).contains("ERROR"), () -> log.toString(UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWriteListenerIsToldThatItsClientHasDisconnected_5_4(boolean completes) throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        try (HandServlets server = new HandServlets(ONE_REQUEST, SessionSettings.defaults(), (request, response) -> {
            AsyncContext async = start(request);
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new WriteListener() {
                @Override
                public void onWritePossible() throws IOException {
                    while (out.isReady()) {
                        out.write(new byte[10_000]);
                    }
                    waits.countDown();
                }

                @Override
                public void onError(Throwable fault) {
                    heard.add("cannot write: " + fault.getMessage());
                    if (completes) {
                        async.complete();
                    }
                }
            });
        })) {
            server.client().block();
            server.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            server.reactor().turnUntil("a full buffer", () -> waits.getCount() == 0);
            server.client().reset();
            server.reactor().turnUntil("the end", () -> heard.contains("complete"));
            assertEquals(
                    completes
                            ? List.of("cannot write: The client has disconnected", "complete")
                            : List.of(
                                    "cannot write: The client has disconnected",
                                    "error The client has disconnected",
                                    "complete"),
                    heard);
        }
    }

    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: next\r\n\r\n";

    @Test
    void anUpgradedConnectionIsARequestUntilItEnds() throws Exception {
        try (HandServlets server = new HandServlets(ONE_REQUEST, SessionSettings.defaults(), (request, response) -> {
            if (request.getHeader("Upgrade") != null) {
                response.setHeader("Upgrade", "next");
                request.upgrade(Next.class);
            }
        })) {
            server.send(UPGRADE);
            assertTrue(server.await("\r\n\r\n").startsWith("HTTP/1.1 101 "));
            assertTrue(server.getElsewhere("/").startsWith("HTTP/1.1 503 "));
            server.container().endUpgrades(type -> type != Next.class);
            server.reactor().settle();
            assertFalse(server.client().isClosed());
            server.container().endUpgrades(type -> type == Next.class);
            server.reactor().turnUntil("the end", () -> server.client().isClosed());
            server.reactor().turnUntil("a place", () -> server.getElsewhere("/").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void anUpgradedConnectionEndsWithTheContainer() throws Exception {
        try (HandServlets server = new HandServlets(ONE_REQUEST, SessionSettings.defaults(), (request, response) -> {
            response.setHeader("Upgrade", "next");
            request.upgrade(Next.class);
        })) {
            server.send(UPGRADE);
            assertTrue(server.await("\r\n\r\n").startsWith("HTTP/1.1 101 "));
            server.container().close();
            server.reactor().turnUntil("the end", () -> server.client().isClosed());
        }
    }

    @Test
    void anUpgradeThatBeginsWhileTheContainerClosesEndsToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (HandServlets server = new HandServlets(ONE_REQUEST, SessionSettings.defaults(), (request, response) -> {
            request.upgrade(Next.class);
            asked.countDown();
            await(closed);
        })) {
            server.send(UPGRADE);
            await(asked);
            server.container().close();
            closed.countDown();
            assertTrue(server.await("\r\n\r\n").startsWith("HTTP/1.1 101 "));
            server.reactor().turnUntil("the end", () -> server.client().isClosed());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(50, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails at once. */
    public static final class Fails implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void destroy() {}
    }

    @Test
    void aConnectionEndsWhenTheHandlerOfItsUpgradeFails() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            response.setHeader("Upgrade", "next");
            request.upgrade(Fails.class);
        })) {
            server.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: next\r\n\r\n");
            server.reactor().turnUntil("the end", () -> server.client().isClosed());
        }
    }
}
