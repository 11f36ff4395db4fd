package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pollux.http.BodyHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.server.settings.ConnectionLimits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** A handler that does not begin its response in time is ended; nobody else is. */
class ResponseTimeoutTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n";
    private static final String NEXT = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String A = HandServer.ok("/a");

    private final HandServer server = server(Duration.ofSeconds(60));
    private final List<Request> requests = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();

    private static HandServer server(Duration timeout) {
        HttpSettings defaults = HttpSettings.defaults();
        ConnectionLimits all = defaults.connection();
        ConnectionLimits limits = new ConnectionLimits(all.idleTimeout(), all.requests(), all.outbound(), timeout);
        return new HandServer(new HttpSettings(defaults.head(), defaults.body(), limits, defaults.server()))
                .withText("/a");
    }

    private void keepsAll(HandServer at) {
        at.with(Mount.at("/x").methods("GET", "POST"), (request, response) -> {
            requests.add(request);
            responses.add(response);
        });
    }

    private static void pass(HandServer at, int seconds) {
        at.time.pass(Duration.ofSeconds(seconds));
        at.reactor.toNextTimer();
        at.reactor.settle();
    }

    /** What a client got, as if no time had passed. */
    private static String sent(HandConnection client) {
        return client.takeSent().replaceAll("Date: [^\r]*\r\n", HandServer.DATE);
    }

    @Test
    void aHandlerThatNeverRespondsIsEndedAndItsLateCallsThrow() {
        keepsAll(server);
        HandConnection client = server.connect().receive(GET + NEXT);
        pass(server, 59);
        assertEquals("", sent(client));
        pass(server, 1);
        assertEquals(HandServer.own(503, "") + A, sent(client));
        assertEquals(Map.of("responseTimeout (503)", 1L), server.limitsMet());
        assertThrows(IllegalStateException.class, () -> requests.getFirst().path());
        assertThrows(IllegalStateException.class, () -> responses.getFirst().header("A", "b"));
        IllegalStateException late = assertThrows(
                IllegalStateException.class, () -> responses.getFirst().send("late"));
        assertTrue(String.valueOf(late.getMessage()).contains("responseTimeout"), late.getMessage());
        assertEquals(A, sent(client.receive(NEXT)));
        assertEquals(0, server.reactor.timers());
    }

    @Test
    void aStreamThatHasBegunMayTakeItsTime() {
        server.with("/x", (request, response) -> response.stream().flush());
        HandConnection client = server.connect().receive(GET);
        for (int i = 0; i < 10; i++) {
            pass(server, 60);
        }
        assertTrue(client.isOpen() && client.takeSent().endsWith("chunked\r\n\r\n"));
        assertEquals(0, server.reactor.timers());
    }

    @Test
    void aBodyThatIsBeingReadIsTheClientsAffair() {
        List<String> heard = new ArrayList<>();
        server.with(
                Mount.at("/x").methods("POST"),
                (request, response) -> request.body().read(new BodyHandler() {
                    @Override
                    public void onData(ByteBuffer in) {
                        in.position(in.limit());
                    }

                    @Override
                    public void onFailed(Throwable cause) {
                        heard.add("failed");
                    }
                }));
        HandConnection client = server.connect().receive(POST.replace("6", "60000"));
        for (int i = 0; i < 6; i++) {
            pass(server, 15);
            client.receive("x".repeat(10_000));
        }
        pass(server, 59);
        assertEquals("", sent(client));
        pass(server, 1);
        assertEquals(HandServer.own(503, ""), sent(client));
        assertEquals(List.of(), heard);
    }

    @Test
    void whatNobodyReadsIsPassedOverBehindTheResponse() {
        keepsAll(server);
        HandConnection client = server.connect().receive(POST + "abc");
        pass(server, 60);
        assertEquals(HandServer.own(503, ""), sent(client));
        client.receive("def" + NEXT);
        server.reactor.settle();
        assertEquals(A, sent(client));
    }

    @Test
    void eachRequestHasItsOwnTime() {
        keepsAll(server);
        HandConnection client = server.connect();
        for (int i = 0; i < 10; i++) {
            client.receive(GET);
            pass(server, 40);
            responses.getLast().send("ok");
        }
        assertEquals(HandServer.ok("ok").repeat(10), sent(client));
        assertEquals(Map.of(), server.limitsMet());
    }

    @Test
    void aResponseInTheCallCostsNoTimer() {
        assertTrue(server.answer(NEXT).endsWith("/a"));
        assertEquals(0, server.reactor.timers());
    }

    @Test
    void aConnectionThatIsGoneIsLeftOut() {
        keepsAll(server);
        server.connect().receive(GET).reset();
        pass(server, 60);
        assertEquals(Map.of(), server.limitsMet());
        assertEquals(0, server.reactor.timers());
    }

    @Test
    void zeroIsNoBound() {
        HandServer endless = server(Duration.ZERO);
        keepsAll(endless);
        HandConnection client = endless.connect().receive(GET);
        assertEquals(0, endless.reactor.timers());
        pass(endless, 1_000_000);
        responses.getFirst().send("at last");
        assertEquals(HandServer.ok("at last"), sent(client));
        assertThrows(IllegalArgumentException.class, () -> server(Duration.ofSeconds(-1)));
        assertEquals(
                Duration.ofSeconds(60), HttpSettings.defaults().connection().responseTimeout());
    }
}
