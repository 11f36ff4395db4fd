package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** No handler holds the loop by writing, however fast its client takes what it writes. */
@Timeout(60)
class BurstTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int ROOM = 256 * 1024;

    private final HandServer server = new HandServer().withText("/a");
    private final HandConnection client = server.connect();
    private final List<ResponseStream> streams = new ArrayList<>();

    private ResponseStream open() {
        server.with("/x", (_, response) -> streams.add(response.stream()));
        client.receive(GET);
        return streams.getLast();
    }

    /** How many writes there was room for. */
    private static int writeWhileThereIsRoom(ResponseStream stream, byte[] piece) {
        int writes = 1;
        while (stream.write(piece)) {
            writes++;
        }
        return writes;
    }

    @Test
    void aFastClientGetsAPartInEachTurn() {
        ResponseStream stream = open();
        List<Integer> writes = new ArrayList<>();
        byte[] piece = new byte[16 * 1024];
        stream.onDrained(() -> {
            if (writes.size() < 3) {
                writes.add(writeWhileThereIsRoom(stream, piece));
            } else {
                stream.close();
            }
        });
        assertEquals(17, writeWhileThereIsRoom(stream, piece));
        assertEquals(List.of(), writes);
        server.reactor.settle();
        assertEquals(List.of(17, 17, 17), writes);
        assertTrue(client.takeSent().endsWith("\r\n0\r\n\r\n"));
        assertTrue(client.isOpen());
    }

    @Test
    void emptyWritesCountToo() {
        ResponseStream stream = open();
        assertEquals(ROOM / 64 + 1, writeWhileThereIsRoom(stream, new byte[0]));
        server.reactor.settle();
        assertTrue(stream.write(new byte[0]));
    }

    @Test
    void eachCallbackHasRoomOfItsOwn() {
        AtomicInteger refused = new AtomicInteger();
        server.with(Mount.at("/x").methods("POST"), (request, response) -> {
            ResponseStream stream = response.stream();
            request.body().read(in -> refused.addAndGet(stream.write(in) ? 0 : 1));
        });
        client.receive("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\n");
        for (int i = 0; i < 40; i++) {
            client.receive("x".repeat(60_000));
        }
        assertEquals(0, refused.get());
    }

    @Test
    void aHandlerThatDoesNotListenIsCutOff() {
        ResponseStream stream = open();
        byte[] piece = new byte[64 * 1024];
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> {
            while (true) {
                boolean _ = stream.write(piece);
            }
        });
        assertTrue(String.valueOf(thrown.getMessage()).contains("until onDrained"), thrown.getMessage());
        assertTrue(client.isReset());
        assertFalse(stream.isOpen());
    }

    @Test
    void aHandlerThatWritesOnIntoWhatIsOverIsStopped() {
        server.with("/x", (_, response) -> {
            ResponseStream stream = response.stream();
            stream.close();
            while (true) {
                boolean _ = stream.write(new byte[0]);
            }
        });
        assertEquals(
                HandServer.ok("") + HandServer.ok("/a"),
                client.receive(GET + GET.replace("/x", "/a")).takeSent());
    }

    @Test
    void flushesCountToo() {
        ResponseStream stream = open();
        assertThrows(IllegalStateException.class, () -> {
            while (true) {
                stream.flush();
            }
        });
        assertTrue(client.isReset());
    }

    /** Rare writes into a stream that is over are harmless for ever. */
    @Test
    void whatIsWrittenNowAndAgainNeverAddsUp() {
        ResponseStream stream = open();
        stream.close();
        for (int turn = 0; turn < 100; turn++) {
            for (int i = 0; i < 10_000; i++) {
                assertFalse(stream.write(new byte[0]));
            }
            server.reactor.settle();
        }
    }

    @Test
    void anotherThreadIsToldToStopWhenItWritesNothingAgainAndAgain() throws Exception {
        ResponseStream stream = open();
        AtomicInteger drained = new AtomicInteger();
        stream.onDrained(drained::incrementAndGet);
        AtomicInteger writes = new AtomicInteger();
        Thread writer = Thread.ofPlatform().start(() -> {
            writes.set(writeWhileThereIsRoom(stream, new byte[0]));
            for (int i = 0; i < 1_000_000; i++) {
                stream.flush();
            }
        });
        assertTrue(writer.join(Duration.ofSeconds(30)));
        assertEquals(1025, writes.get());
        server.reactor.settle();
        assertEquals(1, drained.get());
    }
}
