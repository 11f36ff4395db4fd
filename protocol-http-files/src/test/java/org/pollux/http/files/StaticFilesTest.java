package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is sent of files and folders. */
@Timeout(60)
class StaticFilesTest {

    @TempDir
    Path folder;

    private FileServer server;

    @BeforeEach
    void serve() throws IOException {
        write("a.txt", "hello");
        server = new FileServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.from(FileServer.NOW.minus(Duration.ofDays(1))));
    }

    @Test
    void aFileIsSentWithWhatClientsNeedToKnow() throws Exception {
        FileServer.Received received = server.get("/files/a.txt");
        assertEquals(200, received.status());
        assertEquals("hello", received.body());
        assertEquals("5", received.field("Content-Length"));
        assertEquals("text/plain; charset=utf-8", received.field("Content-Type"));
        assertEquals("Thu, 30 Apr 2026 12:00:00 GMT", received.field("Last-Modified"));
        assertEquals("bytes", received.field("Accept-Ranges"));
        assertTrue(received.field("ETag").matches("\"[0-9a-f]+-5\""), received.field("ETag"));
        assertEquals("-", received.field("Cache-Control"));
        assertEquals("-", received.field("Vary"));
    }

    @Test
    void headIsAnsweredAsGetWithoutTheBody() throws Exception {
        FileServer.Received get = server.get("/files/a.txt");
        FileServer.Received head = server.ask("HEAD", "/files/a.txt");
        get.fields().remove("date");
        head.fields().remove("date");
        assertEquals(get.fields(), head.fields());
        assertEquals("", head.body());
        assertEquals(200, server.ask("HEAD", "/files/a.txt", "Range: bytes=0-1").status());
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        FileServer.Received received = server.ask("DELETE", "/files/a.txt");
        assertEquals(405, received.status());
        assertEquals("GET, HEAD, OPTIONS", received.field("Allow"));
        assertTrue(Files.exists(folder.resolve("a.txt")));
    }

    @Test
    void aLargeFileIsSentWhole() throws Exception {
        String text = "0123456789abcdef".repeat(200_000);
        write("large.bin", text);
        assertEquals(text, server.get("/files/large.bin").body());
    }

    @Test
    void anEmptyFileIsSent() throws Exception {
        write("empty.css", "");
        FileServer.Received received = server.get("/files/empty.css", "Range: bytes=0-");
        assertEquals(200, received.status());
        assertEquals("0", received.field("Content-Length"));
    }

    @Test
    void aChangedFileHasAnotherTag() throws Exception {
        String before = server.get("/files/a.txt").field("ETag");
        Files.writeString(folder.resolve("a.txt"), "other");
        assertFalse(before.equals(server.get("/files/a.txt").field("ETag")));
    }

    @Test
    void theTagOfAFileThatWasChangedAMomentAgoIsWeak() throws Exception {
        Path file = write("a.txt", "hello");
        Files.setLastModifiedTime(file, FileTime.from(FileServer.NOW.minusMillis(1_900)));
        assertTrue(server.get("/files/a.txt").field("ETag").startsWith("W/\""));
        Files.setLastModifiedTime(file, FileTime.from(FileServer.NOW.minusMillis(2_000)));
        assertTrue(server.get("/files/a.txt").field("ETag").startsWith("\""));
    }

    @Test
    void aFileFromTheFutureWasChangedNow() throws Exception {
        Files.setLastModifiedTime(write("a.txt", "hello"), FileTime.from(FileServer.NOW.plusSeconds(3_600)));
        assertEquals("Fri, 01 May 2026 12:00:00 GMT", server.get("/files/a.txt").field("Last-Modified"));
    }

    @Test
    void typesGoByTheExtension() throws Exception {
        for (String[] known : new String[][] {
            {"a.html", "text/html; charset=utf-8"},
            {"a.JS", "text/javascript; charset=utf-8"},
            {"a.svg", "image/svg+xml"},
            {"a.tar.gz", "application/gzip"},
            {"a.nobody-knows", "application/octet-stream"},
            {"a", "application/octet-stream"},
        }) {
            write(known[0], "x");
            assertEquals(known[1], server.get("/files/" + known[0]).field("Content-Type"), known[0]);
        }
    }

    @Test
    void cacheControlIsSentWhenConfigured() throws Exception {
        try (FileServer cached = new FileServer(FilesSettings.of(folder).withCacheControl("max-age=60"))) {
            FileServer.Received received = cached.get("/files/a.txt");
            assertEquals("max-age=60", received.field("Cache-Control"));
            FileServer.Received known = cached.get("/files/a.txt", "If-None-Match: *");
            assertEquals("max-age=60", known.field("Cache-Control"));
            assertEquals("-", cached.get("/files/none").field("Cache-Control"));
        }
    }

    // ---- folders

    @Test
    void aFolderIsItsIndexFile() throws Exception {
        write("index.html", "<p>root");
        write("sub/index.html", "<p>sub");
        assertEquals("<p>root", server.get("/files/").body());
        assertEquals("<p>sub", server.get("/files/sub/").body());
        assertEquals("text/html; charset=utf-8", server.get("/files/sub/").field("Content-Type"));
    }

    @Test
    void aFolderWithoutASlashIsRedirected() throws Exception {
        write("sub/a b/index.html", "x");
        assertRedirected("/files/", "/files");
        assertRedirected("/files/sub/", "/files/sub");
        assertRedirected("/files/sub/?q=1&r=%20", "/files/sub?q=1&r=%20");
        assertRedirected("/files/sub/a%20b/", "/files/sub/a%20b");
        assertRedirected("/files/sub/a%20b/", "/files/./sub/x/../%61%20b");
    }

    private void assertRedirected(String to, String from) throws IOException {
        FileServer.Received received = server.get(from);
        assertEquals(301, received.status(), from);
        assertEquals(to, received.field("Location"));
    }

    @Test
    void aFolderWithoutAnIndexFileIsNotFound() throws Exception {
        write("sub/other.html", "x");
        Files.createDirectories(folder.resolve("odd/index.html"));
        assertNotFound(server.get("/files/"));
        assertNotFound(server.get("/files/sub/"));
        assertNotFound(server.get("/files/odd/"));
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        assertNotFound(server.get("/files/a.txt/"));
        assertNotFound(server.get("/files/a.txt/b"));
    }

    @Test
    void whatIsNotThereIsNotFoundAndItsPathNotTold() throws Exception {
        FileServer.Received received = server.get("/files/sub/none");
        assertNotFound(received);
        assertFalse(received.toString().contains(folder.getFileName().toString()));
    }

    @Test
    void aFileThatTheSystemForbidsIsForbidden() throws Exception {
        Path secret = write("secret", "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        if (!Files.isReadable(secret)) {
            assertForbidden(server.get("/files/secret"));
            return;
        }
        try (FileServer system =
                new FileServer(Path.of("/sys/bus/cpu"))) { // of Linux, with a file that root may not read either
            assertForbidden(system.get("/files/uevent"));
        }
    }

    private static void assertForbidden(FileServer.Received received) {
        assertEquals(403, received.status());
        assertEquals("403 Forbidden\n", received.body());
    }

    @Test
    void theFolderMayComeGoAndBeALink() throws Exception {
        Path link = folder.resolve("current");
        try (FileServer later = new FileServer(link)) {
            assertNotFound(later.get("/files/a.txt"));
            Files.createSymbolicLink(link, folder);
            assertEquals("hello", later.get("/files/a.txt").body());
            Files.delete(link);
            assertNotFound(later.get("/files/a.txt"));
        }
    }

    private static void assertNotFound(FileServer.Received received) {
        assertEquals(404, received.status());
        assertEquals("404 Not Found\n", received.body());
    }
}
