package org.example.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.pollux.http.testkit.HandlerKit;
import org.pollux.http.testkit.Reply;

/** The test is the client of the real HTTP server in memory: no socket, no waiting. */
class SampleHandlerTest {

    private final HandlerKit kit = new HandlerKit();

    SampleHandlerTest() {
        kit.routes().add(new SampleHandler(), "/sample/{name}");
    }

    @Test
    void aNameIsGreeted() {
        Reply reply = kit.get("/sample/Ada").send();
        assertEquals(200, reply.status());
        assertEquals("Hello, Ada!\n", reply.text());
    }

    @Test
    void withoutANameNothingIsFound() {
        assertEquals(404, kit.get("/sample").send().status());
    }
}
