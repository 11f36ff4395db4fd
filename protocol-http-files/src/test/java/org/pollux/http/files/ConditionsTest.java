package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conditional requests, with the sections of RFC 9110. */
@Timeout(60)
class ConditionsTest {

    private static final String BEFORE = "Thu, 30 Apr 2026 11:59:59 GMT";
    private static final String THEN = "Thu, 30 Apr 2026 12:00:00 GMT";
    private static final String AFTER = "Thu, 30 Apr 2026 12:00:01 GMT";

    @TempDir
    Path folder;

    private FileServer server;
    private String tag;

    @BeforeEach
    void serve() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "0123456789");
        // between two seconds, which no field can say
        Files.setLastModifiedTime(
                file, FileTime.from(FileServer.NOW.minus(Duration.ofDays(1)).plusMillis(500)));
        server = new FileServer(folder);
        tag = server.get("/files/a").field("ETag");
        assertEquals(THEN, server.get("/files/a").field("Last-Modified"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int status(String... fields) throws IOException {
        int status = server.get("/files/a", fields).status();
        assertEquals(
                status == 206 ? 200 : status,
                server.ask("HEAD", "/files/a", fields).status());
        return status;
    }

    @Test
    void ifNoneMatch() throws Exception { // 13.1.2
        assertEquals(304, status("If-None-Match: " + tag));
        assertEquals(304, status("If-None-Match: W/" + tag));
        assertEquals(304, status("If-None-Match: \"x\", " + tag));
        assertEquals(304, status("If-None-Match: \"x\"", "If-None-Match: " + tag));
        assertEquals(304, status("If-None-Match: *"));
        assertEquals(200, status("If-None-Match: \"x\""));
        assertEquals(200, status("If-None-Match: " + tag.replace("\"", "")));
        assertEquals(200, status("If-None-Match:"));
        assertEquals(200, status("If-None-Match: " + tag + " x"));
    }

    @Test
    void ifModifiedSince() throws Exception { // 13.1.3
        assertEquals(200, status("If-Modified-Since: " + BEFORE));
        assertEquals(304, status("If-Modified-Since: " + THEN));
        assertEquals(304, status("If-Modified-Since: " + AFTER));
        assertEquals(304, status("If-Modified-Since: Thursday, 30-Apr-26 12:00:00 GMT"));
        assertEquals(304, status("If-Modified-Since: Thu Apr 30 12:00:00 2026"));
        assertEquals(200, status("If-Modified-Since: yesterday"));
    }

    @Test
    void ifMatch() throws Exception { // 13.1.1
        assertEquals(200, status("If-Match: " + tag));
        assertEquals(200, status("If-Match: *"));
        assertEquals(200, status("If-Match: \"x\"," + tag));
        assertEquals(412, status("If-Match: \"x\""));
        assertEquals(412, status("If-Match: W/" + tag));
        assertEquals(412, status("If-Match: x"));
    }

    @Test
    void ifUnmodifiedSince() throws Exception { // 13.1.4
        assertEquals(412, status("If-Unmodified-Since: " + BEFORE));
        assertEquals(200, status("If-Unmodified-Since: " + THEN));
        assertEquals(200, status("If-Unmodified-Since: " + AFTER));
        assertEquals(200, status("If-Unmodified-Since: yesterday"));
    }

    @Test
    void theirOrder() throws Exception { // 13.2.2
        assertEquals(200, status("If-Match: " + tag, "If-Unmodified-Since: " + BEFORE));
        assertEquals(412, status("If-Match: \"x\"", "If-Unmodified-Since: " + AFTER));
        assertEquals(412, status("If-Match: \"x\"", "If-None-Match: " + tag));
        assertEquals(412, status("If-Unmodified-Since: " + BEFORE, "If-None-Match: " + tag));
        assertEquals(304, status("If-Match: " + tag, "If-None-Match: " + tag));
        assertEquals(200, status("If-None-Match: \"x\"", "If-Modified-Since: " + AFTER));
        assertEquals(304, status("If-None-Match: " + tag, "If-Modified-Since: " + BEFORE));
        assertEquals(304, status("If-None-Match: " + tag, "Range: bytes=0-1"));
        assertEquals(412, status("If-Match: \"x\"", "Range: bytes=0-1"));
        assertEquals(206, status("If-Match: " + tag, "Range: bytes=0-1"));
    }

    @Test
    void ifRange() throws Exception { // 13.1.5
        String range = "Range: bytes=2-4";
        assertEquals(206, status(range, "If-Range: " + tag));
        assertEquals(200, status(range, "If-Range: W/" + tag));
        assertEquals(200, status(range, "If-Range: \"x\""));
        assertEquals(206, status(range, "If-Range: " + THEN));
        assertEquals(200, status(range, "If-Range: " + BEFORE));
        assertEquals(200, status(range, "If-Range: " + AFTER));
        assertEquals(200, status(range, "If-Range: yesterday"));
        assertEquals(200, status("Range: bytes=99-", "If-Range: \"x\""));
    }

    @Test
    void whatWasChangedAMomentAgoHasNoRangesUnderACondition() throws Exception {
        Files.setLastModifiedTime(folder.resolve("a"), FileTime.from(FileServer.NOW));
        FileServer.Received fresh = server.get("/files/a");
        assertEquals(200, status("Range: bytes=0-1", "If-Range: " + fresh.field("ETag")));
        assertEquals(200, status("Range: bytes=0-1", "If-Range: " + fresh.field("Last-Modified")));
        assertEquals(304, status("If-None-Match: " + fresh.field("ETag")));
    }

    @Test
    void whatIsKnownAlreadyIsSaidWithoutABody() throws Exception {
        FileServer.Received known = server.get("/files/a", "If-None-Match: *");
        assertEquals("", known.body());
        assertEquals(tag, known.field("ETag"));
        assertEquals("-", known.field("Content-Type"));
        assertEquals("-", known.field("Content-Length"));
    }
}
