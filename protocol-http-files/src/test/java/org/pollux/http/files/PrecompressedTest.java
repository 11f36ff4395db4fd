package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compressed siblings, for those who can read them (RFC 9110, section 12.5.3). */
@Timeout(60)
class PrecompressedTest {

    @TempDir
    Path folder;

    private FileServer server;

    @BeforeEach
    void serve() throws IOException {
        Files.writeString(folder.resolve("a.css"), "plain");
        Files.writeString(folder.resolve("a.css.gz"), "gzip!");
        Files.writeString(folder.resolve("a.css.br"), "br");
        Files.writeString(folder.resolve("b.css"), "plain");
        Files.writeString(folder.resolve("b.css.gz"), "gzip!");
        Files.writeString(folder.resolve("c.css"), "plain");
        server = new FileServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertSent(String body, String path, String accepted) throws IOException {
        assertEquals(
                body,
                server.get("/files/" + path, "Accept-Encoding: " + accepted).body(),
                accepted);
    }

    @Test
    void theBestOfWhatThereIsIsSent() throws Exception {
        assertSent("br", "a.css", "gzip, deflate, br, zstd");
        assertSent("gzip!", "a.css", "gzip");
        assertSent("gzip!", "a.css", "GZIP");
        assertSent("gzip!", "a.css", "br;q=0.5, gzip;q=0.9");
        assertSent("br", "a.css", "br;q=0.9, gzip;q=0.9");
        assertSent("br", "a.css", "*");
        assertSent("gzip!", "a.css", "*, br;q=0");
        assertSent("gzip!", "b.css", "br, gzip;q=0.1");
        assertSent("plain", "c.css", "br, gzip");
    }

    @Test
    void theFileItselfIsSentToAllOthers() throws Exception {
        assertEquals("plain", server.get("/files/a.css").body());
        assertSent("plain", "a.css", "");
        assertSent("plain", "a.css", "identity");
        assertSent("plain", "a.css", "deflate");
        assertSent("plain", "a.css", "gzip;q=0");
        assertSent("plain", "a.css", "gzip;q=0.000, br;q=0");
        assertSent("plain", "a.css", "gzip;q=0.5, identity");
        assertSent("plain", "a.css", "gzip;q=2");
        assertSent("plain", "c.css", "br, identity;q=0");
    }

    @Test
    void aSiblingIsTheSameThingInAnotherCoding() throws Exception {
        FileServer.Received plain = server.get("/files/a.css");
        FileServer.Received gzip = server.get("/files/a.css", "Accept-Encoding: gzip");
        assertEquals("gzip", gzip.field("Content-Encoding"));
        assertEquals("text/css; charset=utf-8", gzip.field("Content-Type"));
        assertEquals("Accept-Encoding", gzip.field("Vary"));
        assertEquals("Accept-Encoding", plain.field("Vary"));
        assertEquals("-", plain.field("Content-Encoding"));
        assertEquals("5", gzip.field("Content-Length"));
        assertEquals("-", server.get("/files/c.css").field("Vary"));
    }

    @Test
    void eachCodingHasATagOfItsOwn() throws Exception {
        String plain = server.get("/files/a.css").field("ETag");
        String gzip = server.get("/files/a.css", "Accept-Encoding: gzip").field("ETag");
        assertNotEquals(plain, gzip);
        String match = "If-None-Match: " + gzip;
        FileServer.Received known = server.get("/files/a.css", match, "Accept-Encoding: gzip");
        assertEquals(304, known.status());
        assertEquals("Accept-Encoding", known.field("Vary"));
        assertEquals(200, server.get("/files/a.css", match).status());
    }

    @Test
    void rangesAreThoseOfWhatIsSent() throws Exception {
        FileServer.Received received = server.get("/files/a.css", "Accept-Encoding: gzip", "Range: bytes=1-2");
        assertEquals("zi", received.body());
        assertEquals("gzip", received.field("Content-Encoding"));
    }

    @Test
    void aSiblingCanBeAskedForByItsName() throws Exception {
        FileServer.Received received = server.get("/files/a.css.gz", "Accept-Encoding: gzip");
        assertEquals("application/gzip", received.field("Content-Type"));
        assertEquals("-", received.field("Content-Encoding"));
    }
}
