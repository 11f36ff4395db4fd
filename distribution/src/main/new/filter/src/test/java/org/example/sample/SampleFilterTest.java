package org.example.sample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** The test is the client of the real HTTP server on a connection in memory: no socket, no waiting. */
class SampleFilterTest {

    private final Routes routes = new Routes();
    private final HandConnection client =
            new HandConnection(new HandReactor(), new HttpProtocol(routes, HttpSettings.defaults()));

    SampleFilterTest() {
        routes.add(new SampleFilter(), Mount.at("/sample/*"));
        routes.add((request, response) -> response.send("a secret"), "/sample/secret");
        routes.add((request, response) -> response.send("for all"), "/public");
    }

    private String get(String path, String fields) {
        client.receive("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
        return client.takeSent();
    }

    @Test
    void withTheKeyARequestReachesItsHandler() {
        String response = get("/sample/secret", "X-Key: open\r\n");
        assertTrue(response.endsWith("\r\n\r\na secret"), response);
    }

    @Test
    void withoutTheKeyItIsRefused() {
        for (String fields : new String[] {"", "X-Key: wrong\r\n"}) {
            String response = get("/sample/secret", fields);
            assertTrue(response.startsWith("HTTP/1.1 403 "), response);
        }
    }

    @Test
    void otherPathsNeedNoKey() {
        String response = get("/public", "");
        assertTrue(response.endsWith("\r\n\r\nfor all"), response);
    }
}
