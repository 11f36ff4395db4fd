package org.pollux.http.server.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.server.HandServer;
import org.pollux.reactor.testkit.HandConnection;

/** How HTTP/1.1 offers and accepts another protocol (RFC 9110, section 7.8). */
class UpgradeTest {

    private final HandServer server = new HandServer();
    private final HandConnection client = server.connect();

    UpgradeTest() {
        server.with("/offers", (request, response) -> response.send(String.valueOf(request.offersUpgrade("b/2"))));
        server.with("/talk", (request, response) -> response.upgrade("b/2"));
    }

    private String response(String text) {
        client.receive(text);
        server.reactor.settle();
        return client.takeSent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the only one         | GET /offers HTTP/1.1 | Connection: Upgrade;Upgrade: b/2            | true",
                "one of several       | GET /offers HTTP/1.1 | Connection: close, upgrade;Upgrade: a, B/2 ,c | true",
                "in a second field    | GET /offers HTTP/1.1 | Connection: Upgrade;Upgrade: a;Upgrade: b/2 | true",
                "an empty body        | GET /offers HTTP/1.1 | Connection: Upgrade;Upgrade: b/2;Content-Length: 0 | true",
                "another one          | GET /offers HTTP/1.1 | Connection: Upgrade;Upgrade: b              | false",
                "without Connection   | GET /offers HTTP/1.1 | Upgrade: b/2                                | false",
                "without Upgrade      | GET /offers HTTP/1.1 | Connection: Upgrade                         | false",
                "HTTP/1.0 has none    | GET /offers HTTP/1.0 | Connection: Upgrade;Upgrade: b/2            | false",
                "HEAD has none        | HEAD /offers HTTP/1.1 | Connection: Upgrade;Upgrade: b/2           | ''",
                "a request with a body | GET /offers HTTP/1.1 | Connection: Upgrade;Upgrade: b/2;Content-Length: 1 | false",
                "a request in chunks  | GET /offers HTTP/1.1 | Connection: Upgrade;Upgrade: b/2;Transfer-Encoding: chunked | false",
            })
    void aClientOffers(String what, String line, String fields, String offered) {
        String response = response(line + "\r\nHost: h\r\n" + fields.replace(";", "\r\n") + "\r\n\r\n");
        assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
        assertTrue(response.endsWith("\r\n\r\n" + offered), what + response);
    }

    @Test
    void theResponseNamesTheProtocol() {
        String head = response("GET /talk HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: b/2\r\n\r\n");
        assertEquals(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: b/2\r\n\r\n",
                head.replaceFirst("Date: .*\r\n", ""));
    }
}
