package org.example.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.testkit.HandlerKit;

/** The test is the client of the real HTTP server in memory: no socket, no waiting. */
class SampleFilterTest {

    private final HandlerKit kit = new HandlerKit();

    SampleFilterTest() {
        kit.routes().add(new SampleFilter(), Mount.at("/sample/*"));
        kit.routes().add((request, response) -> response.send("a secret"), "/sample/secret");
        kit.routes().add((request, response) -> response.send("for all"), "/public");
    }

    @Test
    void withTheKeyARequestReachesItsHandler() {
        assertEquals("a secret", kit.get("/sample/secret").header("X-Key", "open").send().text());
    }

    @Test
    void withoutTheKeyItIsRefused() {
        assertEquals(403, kit.get("/sample/secret").send().status());
        assertEquals(403, kit.get("/sample/secret").header("X-Key", "wrong").send().status());
    }

    @Test
    void otherPathsNeedNoKey() {
        assertEquals("for all", kit.get("/public").send().text());
    }
}
