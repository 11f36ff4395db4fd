package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.ResponseStream;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Responses in pieces: what is held back, watermarks, ends. It is one file because all rules write the same stream. */
interface StreamRules extends Rules {

    /** A stream at {@code /x}, which the test writes. */
    private ResponseStream open(Client client, List<Asked> asked, AtomicInteger closed) {
        List<ResponseStream> streams = new ArrayList<>();
        serve((request, response) -> streams.add(response.stream().onClosed(closed::incrementAndGet)));
        asked.add(client.ask(Ask.get("/x")));
        return streams.getFirst();
    }

    private static boolean write(ResponseStream to, String text) {
        return to.write(Rules.bytes(text));
    }

    // ---- what is held back

    @Test
    default void aSmallResponseGetsALength() {
        serveNext();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        ResponseStream stream = open(client, asked, closed);
        assertTrue(write(stream, "Hello, ") && write(stream, "World!"));
        assertEquals(0, asked.getFirst().status());
        stream.close();
        Rules.isWhole(200, "Hello, World!", asked.getFirst());
        assertEquals(List.of("13"), asked.getFirst().fields("Content-Length"));
        assertEquals(1, closed.get());
        nextIsServed(client);
    }

    @Test
    default void whatIsFlushedLeavesAtOnce() {
        serveNext();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(client, asked, new AtomicInteger());
        stream.flush();
        assertEquals(200, asked.getFirst().status());
        assertEquals("", asked.getFirst().body());
        write(stream, "Hello");
        assertEquals("Hello", asked.getFirst().body());
        write(stream, "");
        write(stream, "x".repeat(300));
        assertFalse(asked.getFirst().isWhole());
        stream.close();
        Rules.isWhole(200, "Hello" + "x".repeat(300), asked.getFirst());
        assertEquals(List.of(), asked.getFirst().fields("Content-Length"));
        nextIsServed(client);
    }

    @Test
    default void moreThan8KiBLeaveByThemselves() {
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(wire().connect(), asked, new AtomicInteger());
        write(stream, "x".repeat(8 * 1024));
        assertEquals(0, asked.getFirst().status());
        write(stream, "y");
        assertEquals("x".repeat(8 * 1024) + "y", asked.getFirst().body());
        assertFalse(asked.getFirst().isWhole());
    }

    @Test
    default void anAnnouncedLengthIsSentAndKept() {
        serveNext();
        List<ResponseStream> streams = new ArrayList<>();
        serve((request, response) -> streams.add(response.stream(6)));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        ResponseStream stream = streams.getFirst();
        write(stream, "abc");
        stream.flush();
        assertEquals(List.of("6"), asked.fields("Content-Length"));
        assertThrows(IllegalStateException.class, () -> write(stream, "defg"));
        write(stream, "def");
        stream.close();
        Rules.isWhole(200, "abcdef", asked);
        nextIsServed(client);
    }

    @Test
    default void fewerBytesThanAnnouncedCutTheResponse() {
        AtomicInteger closed = new AtomicInteger();
        serve((request, response) -> {
            try (ResponseStream stream = response.stream(6).onClosed(closed::incrementAndGet)) {
                write(stream, "abc");
            }
        });
        Asked asked = get();
        assertTrue(asked.isCut());
        assertFalse(asked.isWhole());
        assertEquals(1, closed.get());
    }

    @Test
    default void trailersFollowTheBody() {
        serveNext();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(client, asked, new AtomicInteger());
        write(stream, "abc");
        stream.trailer("A", "b").trailer("C", "d");
        assertThrows(IllegalArgumentException.class, () -> stream.trailer("E", "f\r\nG: h"));
        assertThrows(IllegalArgumentException.class, () -> stream.trailer("Content-Length", "1"));
        stream.close();
        Rules.isWhole(200, "abc", asked.getFirst());
        assertEquals(List.of("b"), asked.getFirst().trailers("A"));
        assertEquals(List.of("d"), asked.getFirst().trailers("C"));
        nextIsServed(client);
    }

    // ---- watermarks

    @Test
    default void aClientThatDoesNotReadStopsTheWriterUntilItDoes() {
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(client, asked, new AtomicInteger());
        AtomicInteger drained = new AtomicInteger();
        stream.onDrained(drained::incrementAndGet);
        client.holdBack();
        assertTrue(write(stream, "x".repeat(60_000)));
        assertFalse(write(stream, "y".repeat(10_000)));
        assertTrue(stream.isOpen());
        wire().turn();
        assertEquals(0, drained.get());
        client.readOn();
        wire().turn();
        assertEquals(1, drained.get());
        assertTrue(write(stream, "z"));
        client.holdBack();
        client.readOn();
        wire().turn();
        assertEquals(1, drained.get());
        stream.close();
        Rules.isWhole(200, "x".repeat(60_000) + "y".repeat(10_000) + "z", asked.getFirst());
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void whatAnotherThreadWritesWaitsOnItsWay() throws Exception {
        serveNext();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(client, asked, new AtomicInteger());
        AtomicInteger drained = new AtomicInteger();
        stream.onDrained(drained::incrementAndGet);
        List<Boolean> room = new ArrayList<>();
        Rules.elsewhere(() -> {
            room.add(write(stream, "x".repeat(60_000)));
            room.add(write(stream, "y".repeat(10_000)));
            stream.close();
            return true;
        });
        assertEquals(List.of(true, false), room);
        assertEquals(0, asked.getFirst().status());
        wire().turn();
        Rules.isWhole(200, "x".repeat(60_000) + "y".repeat(10_000), asked.getFirst());
        nextIsServed(client);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void anotherThreadIsToldToGoOnWhenWhatItWroteHasLeft() throws Exception {
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(wire().connect(), asked, new AtomicInteger());
        AtomicInteger drained = new AtomicInteger();
        stream.onDrained(drained::incrementAndGet);
        Rules.elsewhere(() -> {
            while (write(stream, "x".repeat(10_000))) {
                assertTrue(stream.isOpen());
            }
            return true;
        });
        assertEquals(0, drained.get());
        wire().turn();
        assertEquals(1, drained.get());
    }

    /** What another thread has written is on its way when the loop's own thread goes on. */
    @Test
    default void bytesOfTwoThreadsKeepTheirOrder() throws Exception {
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(wire().connect(), asked, new AtomicInteger());
        Rules.elsewhere(() -> write(stream, "one "));
        assertTrue(write(stream, "two "));
        Rules.elsewhere(() -> write(stream, "three"));
        stream.flush();
        stream.close();
        wire().turn();
        Rules.isWhole(200, "one two three", asked.getFirst());
    }

    @Test
    default void anotherThreadThatDoesNotListenIsCutOffAndItsBytesAreNotCounted() throws Exception {
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(client, asked, new AtomicInteger());
        byte[] piece = new byte[1024 * 1024];
        Rules.elsewhere(() -> {
            while (stream.isOpen()) {
                boolean _ = stream.write(piece);
            }
            return true;
        });
        wire().turn();
        assertTrue(asked.getFirst().isCut());
        assertEquals(0, client.charged());
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void aWriterThatDoesNotListenIsCutOff() {
        AtomicInteger closed = new AtomicInteger();
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(wire().connect(), asked, closed);
        byte[] piece = new byte[64 * 1024];
        assertThrows(IllegalStateException.class, () -> {
            while (true) {
                boolean _ = stream.write(piece);
            }
        });
        assertTrue(asked.getFirst().isCut());
        assertFalse(stream.isOpen());
        assertEquals(1, closed.get());
    }

    @Test
    default void theNextResponseComesWhenThereIsRoom() {
        serveNext();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        ResponseStream stream = open(client, asked, new AtomicInteger());
        client.holdBack();
        Asked next = client.ask(Ask.get("/a"));
        write(stream, "x".repeat(70_000));
        stream.close();
        wire().turn();
        client.readOn();
        wire().turn();
        Rules.isWhole(200, "x".repeat(70_000), asked.getFirst());
        Rules.isWhole(200, "/a", next);
    }

    // ---- ends

    @Test
    default void aClosedStreamTakesNothing() {
        serveNext();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        ResponseStream stream = open(client, asked, closed);
        stream.close();
        Rules.isWhole(200, "", asked.getFirst());
        assertFalse(write(stream, "x"));
        assertFalse(stream.isOpen());
        stream.flush();
        stream.close();
        stream.abort();
        wire().turn();
        Rules.isWhole(200, "", asked.getFirst());
        assertEquals(1, closed.get());
        nextIsServed(client);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void anAbortCutsTheResponse() {
        List<Asked> asked = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        ResponseStream stream = open(wire().connect(), asked, closed);
        write(stream, "abc");
        stream.flush();
        stream.abort();
        assertTrue(asked.getFirst().isCut());
        assertFalse(asked.getFirst().isWhole());
        assertEquals(1, closed.get());
        assertFalse(stream.isOpen());
        assertFalse(write(stream, "x"));
        stream.close();
        wire().turn();
        assertEquals("abc", asked.getFirst().body());
        assertFalse(asked.getFirst().isWhole());
    }

    @Test
    default void anotherThreadAborts() throws Exception {
        List<Asked> asked = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        ResponseStream stream = open(wire().connect(), asked, closed);
        stream.flush();
        Rules.elsewhere(() -> {
            stream.abort();
            assertFalse(stream.isOpen());
            return true;
        });
        wire().turn();
        assertTrue(asked.getFirst().isCut());
        assertEquals(1, closed.get());
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void whoAsksTooLateForTheEndIsToldAtOnce() {
        AtomicInteger closed = new AtomicInteger();
        ResponseStream stream = open(wire().connect(), new ArrayList<>(), closed);
        stream.close();
        stream.onClosed(closed::incrementAndGet);
        assertEquals(2, closed.get());
    }

    @Test
    default void anExceptionOfACallbackCutsTheResponse() {
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        ResponseStream stream = open(client, asked, closed);
        stream.onDrained(() -> {
            throw new IllegalStateException("on purpose");
        });
        client.holdBack();
        write(stream, "x".repeat(70_000));
        client.readOn();
        wire().turn();
        assertTrue(asked.getFirst().isCut());
        assertEquals(1, closed.get());
    }

    @Test
    default void anExceptionOfTheEndHarmsNobody() {
        serveNext();
        serve((request, response) -> {
            ResponseStream stream = response.stream().onClosed(() -> {
                throw new IllegalStateException("on purpose");
            });
            write(stream, "ok");
            stream.close();
        });
        Client client = wire().connect();
        Rules.isWhole(200, "ok", client.ask(Ask.get("/x")));
        nextIsServed(client);
    }
}
