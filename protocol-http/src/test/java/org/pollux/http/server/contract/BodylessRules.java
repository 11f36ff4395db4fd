package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpHandler;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.settings.Mount;

/** A response without a body is over when its head is sent, whatever its handler goes on to do. */
interface BodylessRules extends Rules {

    /** The response to HEAD at {@code /x}, behind which the connection goes on. */
    private Asked head(HttpHandler handler) {
        serveNext();
        try (var _ = wire().routes().add(handler, "/x")) {
            Client client = wire().connect();
            Asked asked = client.ask(Ask.head("/x"));
            wire().turn();
            Rules.isWhole(200, "", asked);
            nextIsServed(client);
            return asked;
        }
    }

    @Test
    default void headIsTheHeadOfGet() {
        HttpHandler handler = (request, response) -> response.header("A", "b").send("body");
        Asked asked = head(handler);
        assertEquals(List.of("4"), asked.fields("Content-Length"));
        assertEquals(List.of("b"), asked.fields("A"));
    }

    @Test
    default void aHandlerThatWritesWhileThereIsRoomEnds() {
        AtomicInteger closed = new AtomicInteger();
        byte[] piece = new byte[63 * 1024];
        Asked asked = head((request, response) -> {
            ResponseStream stream = response.stream(999_999_999_999_999_999L).onClosed(closed::incrementAndGet);
            while (stream.write(piece)) {
                assertTrue(stream.isOpen());
            }
            assertFalse(stream.isOpen());
        });
        assertEquals(List.of("999999999999999999"), asked.fields("Content-Length"));
        assertEquals(1, closed.get());
    }

    @Test
    default void aLengthNeedsNoBodyToBeToldToHead() {
        assertEquals(
                List.of("6"),
                head((request, response) -> response.stream(6).close()).fields("Content-Length"));
    }

    @Test
    default void aStreamThatNeverEndsDoesNotKeepTheNextRequestWaiting() throws Exception {
        List<ResponseStream> streams = new ArrayList<>();
        head((request, response) -> {
            streams.add(response.stream());
            streams.getLast().flush();
        });
        head((request, response) -> {
            streams.add(response.stream());
            Rules.elsewhere(() -> {
                streams.getLast().flush();
                return true;
            });
        });
        for (ResponseStream stream : streams) {
            assertFalse(stream.isOpen());
            assertFalse(stream.write(new byte[1]));
        }
    }

    @Test
    default void noEncoderIsAskedAndNothingFollowsTheHead() {
        List<String> log = new ArrayList<>();
        wire().routes()
                .add(
                        (request, response, next) -> next.handle(request, response.intercept(new ResponseInterceptor() {
                            @Override
                            public void onHead(ResponseHead head) {
                                head.encode(new FailingEncoder(log));
                            }
                        })),
                        Mount.at("/x"));
        head((request, response) -> response.send("whole"));
        head((request, response) -> {
            ResponseStream stream = response.stream();
            stream.write(new byte[10]);
            stream.flush();
            stream.write(new byte[100_000]);
            stream.flush();
            stream.trailer("A", "b").close();
        });
        assertEquals(List.of("closed", "closed"), log);
    }

    @Test
    default void someStatusesHaveNoBody() {
        serveNext();
        for (int status : new int[] {204, 205, 304}) {
            try (var _ = wire().routes()
                    .add(
                            (request, response) -> {
                                switch (request.query().orElse("")) {
                                    case "send" -> response.status(status).send();
                                    case "stream" -> {
                                        ResponseStream stream = response.status(status).stream(0);
                                        stream.flush();
                                        assertFalse(stream.isOpen());
                                        stream.trailer("A", "b").close();
                                    }
                                    case "body" -> response.status(status).send("x");
                                    default -> response.status(status).stream();
                                }
                            },
                            "/x")) {
                for (String way : List.of("send", "stream")) {
                    Client client = wire().connect();
                    Asked asked = client.ask(Ask.get("/x?" + way));
                    wire().turn();
                    Rules.isWhole(status, "", asked);
                    nextIsServed(client);
                }
                Rules.isOwn(500, ask(Ask.get("/x?body")));
                Rules.isOwn(500, ask(Ask.get("/x")));
            }
        }
    }

    /** What a 304 stands for is shown to those who see it leave, and not sent (RFC 9110, section 15.4.5). */
    @Test
    default void theTypeOfWhatHasNotChangedIsForFiltersOnly() {
        List<String> seen = new ArrayList<>();
        serve((request, response) -> response.status(304)
                .header("Content-Type", "text/plain")
                .header("ETag", "\"a\"")
                .intercept(new ResponseInterceptor() {
                    @Override
                    public void onHead(ResponseHead head) {
                        seen.add(head.headers().first("content-type").orElse("-"));
                    }
                })
                .send());
        Asked asked = get();
        Rules.isWhole(304, "", asked);
        assertEquals(List.of(), asked.fields("Content-Type"));
        assertEquals(List.of("\"a\""), asked.fields("ETag"));
        assertEquals(List.of("text/plain"), seen);
    }
}
