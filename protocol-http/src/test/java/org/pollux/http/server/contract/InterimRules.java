package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;

/** Interim responses, which come before the final one. */
interface InterimRules extends Rules {

    String LINK = "</style.css>; rel=preload; as=style";

    /** The response to a request for {@code /x}, which the test sends. */
    private Response open(Client client, List<Asked> asked) {
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> responses.add(response));
        asked.add(client.ask(Ask.get("/x")));
        return responses.getFirst();
    }

    @Test
    default void interimResponsesComeBeforeTheFinalOne() {
        serveNext();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        Response response = open(client, asked);
        response.header("A", "b").inform(102).inform(103, "Link", LINK, "Link", "</a>", "X", "y");
        wire().turn();
        assertEquals(
                List.of("102", "103 link: " + LINK + " link: </a> x: y"),
                asked.getFirst().interim());
        assertEquals(0, asked.getFirst().status());
        response.send("Hello");
        wire().turn();
        Rules.isWhole(200, "Hello", asked.getFirst());
        assertEquals(List.of(), asked.getFirst().fields("Link"));
        nextIsServed(client);
    }

    @Test
    default void anotherThreadSendsThemInOrder() throws Exception {
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        Response response = open(client, asked);
        Rules.elsewhere(() -> {
            response.inform(103, "Link", LINK).send("Hello");
            return true;
        });
        wire().turn();
        assertEquals(List.of("103 link: " + LINK), asked.getFirst().interim());
        Rules.isWhole(200, "Hello", asked.getFirst());
    }

    @Test
    default void otherStatusesAndBadFieldsAreRefused() {
        List<Asked> asked = new ArrayList<>();
        Response response = open(wire().connect(), asked);
        for (int status : List.of(0, 99, 100, 101, 200, 1000)) {
            assertThrows(IllegalArgumentException.class, () -> response.inform(status), "status " + status);
        }
        assertThrows(IllegalArgumentException.class, () -> response.inform(103, "Link"));
        assertThrows(IllegalArgumentException.class, () -> response.inform(103, "Link", "a\r\nB: c"));
        assertThrows(IllegalArgumentException.class, () -> response.inform(103, "Content-Length", "1"));
        response.send("Hello");
        wire().turn();
        assertEquals(List.of(), asked.getFirst().interim());
        Rules.isWhole(200, "Hello", asked.getFirst());
    }

    @Test
    default void noneComesWhenTheFinalResponseHasBegun() {
        List<Asked> asked = new ArrayList<>();
        Response response = open(wire().connect(), asked);
        try (ResponseStream _ = response.stream()) {
            assertThrows(IllegalStateException.class, () -> response.inform(103));
        }
        assertThrows(IllegalStateException.class, () -> response.inform(103));
        wire().turn();
        Rules.isWhole(200, "", asked.getFirst());
        assertEquals(List.of(), asked.getFirst().interim());
    }

    @Test
    default void aClientThatWaitsWithItsBodyIsStillAskedForIt() {
        assumeTrue(wire().canAskForBodies());
        serve((request, response) -> {
            Response informed = response.inform(103, "Link", LINK);
            request.body().readAll(10, informed::send);
        });
        Asked asked = wire().connect().ask(Ask.post("/x", 3).with("Expect", "100-continue"));
        wire().turn();
        assertEquals(List.of("103 link: " + LINK), asked.interim());
        assertTrue(asked.isBodyWanted());
        asked.send("abc");
        wire().turn();
        Rules.isWhole(200, "abc", asked);
    }

    @Test
    default void theyAreHarmlessWhenTheClientIsGone() {
        Client client = wire().connect();
        Response response = open(client, new ArrayList<>());
        client.goAway();
        wire().turn();
        response.inform(103, "Link", LINK).send("nobody hears it");
        wire().turn();
        assertTrue(response.isSent());
    }
}
