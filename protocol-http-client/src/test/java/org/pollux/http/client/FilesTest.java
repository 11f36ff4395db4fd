package org.pollux.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;

/** The responses that are wanted as a whole: in memory, or in a file that nobody sees half. */
final class FilesTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final HandServer server = new HandServer();

    private CompletableFuture<SavedFile> save(String response) {
        CompletableFuture<SavedFile> saved =
                server.client.save(HttpRequest.get(server.url("/")), folder.resolve("file"));
        server.acceptRequest().send(response).closeOutput();
        return saved;
    }

    private <T> T await(CompletableFuture<T> future) {
        server.turned.turnUntil("it is done", future::isDone);
        return future.join();
    }

    private void assertFails(CompletableFuture<?> future, Reason reason, String words) {
        Throwable cause =
                assertThrows(CompletionException.class, () -> await(future)).getCause();
        HttpFailure failure = assertInstanceOf(HttpFailure.class, cause);
        assertEquals(reason, failure.reason());
        assertTrue(failure.toString().contains(words), failure::toString);
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(java.util.List.of(), files.toList());
        }
    }

    @Test
    void aBodyIsSavedAndReplacesWhatWasThere() throws Exception {
        Files.writeString(folder.resolve("file"), "old");
        byte[] body = Bytes.random(1_000_000);
        CompletableFuture<SavedFile> saved =
                server.client.save(HttpRequest.get(server.url("/")), folder.resolve("file"));
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        peer.send(java.util.Arrays.copyOf(body, 999_999));
        server.turned.settle();
        assertEquals("old", Files.readString(folder.resolve("file")));
        peer.send(java.util.Arrays.copyOfRange(body, 999_999, 1_000_000));
        assertEquals(1_000_000, await(saved).bytes());
        assertArrayEquals(body, Files.readAllBytes(folder.resolve("file")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void ofABodyThatEndsEarlyNothingIsLeft() throws Exception {
        assertFails(save("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), Reason.SHORT_BODY, "3 of 9 bytes");
        assertNothingIsLeft();
    }

    @Test
    void ofAnErrorNothingIsSaved() throws Exception {
        assertFails(save("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc"), Reason.STATUS, "404 Not Found");
        assertFails(save("HTTP/1.1 500\r\n\r\n" + "x".repeat(100_000)), Reason.STATUS, "500");
        assertNothingIsLeft();
    }

    @Test
    void aFileThatCannotBeWrittenSaysWhy() throws Exception {
        Files.createDirectories(folder.resolve("file/not empty"));
        assertFails(save("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n."), Reason.FILE, "Is a directory");
        CompletableFuture<SavedFile> nowhere =
                server.client.save(HttpRequest.get(server.url("/")), folder.resolve("no/such/file"));
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.");
        assertFails(nowhere, Reason.FILE, "cannot write " + folder.resolve("no/such/file"));
    }

    @Test
    void aCancelledFutureGivesItsExchangeUp() throws Exception {
        CompletableFuture<SavedFile> saved =
                server.client.save(HttpRequest.get(server.url("/")), folder.resolve("file"));
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        server.turned.settle();
        saved.cancel(false);
        peer.receivesReset();
        assertNothingIsLeft();
    }

    @Test
    void aWholeResponseIsBounded() {
        CompletableFuture<HttpResponse> whole = server.client.send(HttpRequest.get(server.url("/")), 5);
        server.acceptRequest().send(HandServer.lines("""
                        HTTP/1.1 404 Not Found
                        Content-Type: text/plain; Charset="iso-8859-1"
                        Transfer-Encoding: chunked

                        2
                        ab
                        3
                        cde
                        0

                        """));
        assertEquals("abcde", await(whole).text());
        assertEquals(404, await(whole).status());

        CompletableFuture<HttpResponse> longer = server.client.send(HttpRequest.get(server.url("/")), 4);
        server.turned.settle();
        server.client.close();
        assertFails(longer, Reason.CLIENT_CLOSED, "closed");
    }

    @Test
    void aLongerResponseIsGivenUp() {
        CompletableFuture<HttpResponse> whole = server.client.send(HttpRequest.get(server.url("/")), 4);
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde");
        assertFails(whole, Reason.TOO_LONG, "longer than 4 bytes");
        peer.receivesReset();
    }
}
