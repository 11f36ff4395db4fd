package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.settings.Mount;

/** What the rules share. */
interface Rules {

    /** Of the present test. */
    Wire wire();

    /** A handler at {@code /x}, for every method. */
    default void serve(HttpHandler handler) {
        wire().routes().add(handler, Mount.at("/x").methods("*"));
    }

    /** A handler at {@code /a} that responds with its path. */
    default void serveNext() {
        wire().routes().add((request, response) -> response.send(request.path()), "/a");
    }

    /** What comes when a new client asks. */
    default Asked ask(Ask request) {
        Asked asked = wire().connect().ask(request);
        wire().turn();
        return asked;
    }

    /** What comes when a new client asks for {@code /x}. */
    default Asked get() {
        return ask(Ask.get("/x"));
    }

    /** Another request on the same connection is served: nothing of the one before is left on it. */
    default void nextIsServed(Client client) {
        Asked next = client.ask(Ask.get("/a"));
        wire().turn();
        isWhole(200, "/a", next);
    }

    static void isWhole(int status, String body, Asked asked) {
        assertEquals(status, asked.status());
        assertEquals(body, asked.body());
        assertTrue(asked.isWhole());
    }

    /** It is a response of the server's own. */
    static void isOwn(int status, Asked asked) {
        assertEquals(status, asked.status());
        assertTrue(asked.body().startsWith(status + " "), asked.body());
        assertTrue(asked.isWhole());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** On another thread, while this one waits. */
    static void elsewhere(Callable<?> work) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            assertNotNull(thread.submit(() -> {
                        Object _ = work.call();
                        return true;
                    })
                    .get(40, TimeUnit.SECONDS));
        }
    }
}
