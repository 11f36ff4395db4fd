package org.pollux.http.server.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pollux.http.Request;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/**
 * A callback did not return in time, so the loop has another thread. The late thread must not use the objects that the
 * exchanges of the loop share.
 */
class LostLoopTest {

    private static final String HEAD = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n";

    private final HandReactor reactor = new HandReactor();
    private final RouteRegistry routes = new RouteRegistry();
    private final List<ConnectionHandler> handlers = new ArrayList<>();

    private HandConnection connect() {
        WireChooser wires = new WireChooser(routes, HttpSettings.defaults());
        return new HandConnection(reactor, connection -> {
            handlers.add(wires.open(connection));
            return handlers.getLast();
        });
    }

    private static void onTheLateThread(Runnable callback) throws Exception {
        try (ExecutorService late = Executors.newSingleThreadExecutor()) {
            late.submit(callback).get(40, TimeUnit.SECONDS);
        }
    }

    @Test
    void aBodyHandlerThatFailsTooLateSendsNothing() {
        routes.add(
                (request, response) -> request.body().read(_ -> {
                    throw new IOException("on purpose");
                }),
                Mount.at("/x").methods("POST"));
        HandConnection client = connect().receive(HEAD);
        Throwable failed = assertThrows(ExecutionException.class, () -> onTheLateThread(() -> present(client)))
                .getCause();
        assertInstanceOf(IllegalStateException.class, failed);
        assertInstanceOf(IOException.class, failed.getCause());
        assertEquals("", client.takeSent());
    }

    private void present(HandConnection client) {
        handlers.getFirst().onData(client, ByteBuffer.wrap("abc".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void theEndOfAConnectionIsToldOnTheLoop() throws Exception {
        List<Thread> told = new ArrayList<>();
        routes.add(
                (request, response) -> response.intercept(new ResponseInterceptor() {
                    @Override
                    public void onEnd(Request of, int status, long bytes, @Nullable Throwable failure) {
                        told.add(Thread.currentThread());
                    }
                }),
                Mount.at("/x").methods("POST"));
        HandConnection client = connect().receive(HEAD);
        onTheLateThread(() -> handlers.getFirst().onClosed(client, new IOException("given up")));
        assertEquals(List.of(), told);
        reactor.turn();
        assertEquals(List.of(Thread.currentThread()), told);
    }
}
