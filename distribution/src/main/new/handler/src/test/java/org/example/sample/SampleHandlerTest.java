package org.example.sample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** The test is the client of the real HTTP server on a connection in memory: no socket, no waiting. */
class SampleHandlerTest {

    private final Routes routes = new Routes();
    private final HandConnection client =
            new HandConnection(new HandReactor(), new HttpProtocol(routes, HttpSettings.defaults()));

    SampleHandlerTest() {
        routes.add(new SampleHandler(), "/sample/{name}");
    }

    private String get(String path) {
        client.receive("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return client.takeSent();
    }

    @Test
    void aNameIsGreeted() {
        String response = get("/sample/Ada");
        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        assertTrue(response.endsWith("\r\n\r\nHello, Ada!\n"), response);
    }

    @Test
    void withoutANameNothingIsFound() {
        String response = get("/sample");
        assertTrue(response.startsWith("HTTP/1.1 404 "), response);
    }
}
