package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ranges (RFC 9110, section 14). */
@Timeout(60)
class RangesTest {

    private static Optional<List<ByteRange>> of(String field) {
        return Ranges.of(field, 10);
    }

    private static Optional<List<ByteRange>> ranges(long... ends) {
        ByteRange[] ranges = new ByteRange[ends.length / 2];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = new ByteRange(ends[2 * i], ends[2 * i + 1]);
        }
        return Optional.of(List.of(ranges));
    }

    @Test
    void aRangeHasTwoEndsOrOne() {
        assertEquals(ranges(2, 4), of("bytes=2-4"));
        assertEquals(ranges(0, 0), of("bytes=0-0"));
        assertEquals(ranges(9, 9), of("bytes=9-"));
        assertEquals(ranges(8, 9), of("bytes=-2"));
        assertEquals(ranges(2, 4), of("BYTES= 2-4 "));
    }

    @Test
    void aRangeEndsWhereTheFileDoes() {
        assertEquals(ranges(5, 9), of("bytes=5-99"));
        assertEquals(ranges(5, 9), of("bytes=5-99999999999999999999999999"));
        assertEquals(ranges(0, 9), of("bytes=-10"));
        assertEquals(ranges(0, 9), of("bytes=-11"));
        assertEquals(ranges(0, 9), of("bytes=-99999999999999999999999999"));
    }

    @Test
    void severalComeAsTheyWereAskedFor() {
        assertEquals(ranges(5, 6, 0, 1), of("bytes=5-6, 0-1"));
        assertEquals(ranges(0, 0, 9, 9), of("bytes=0-0,-1"));
        assertEquals(ranges(0, 1), of("bytes=0-1,99-100"));
        assertEquals(ranges(0, 1), of("bytes=,0-1,,"));
    }

    @Test
    void noneIsLeftWhenAllAreBehindTheEnd() {
        assertEquals(ranges(), of("bytes=10-"));
        assertEquals(ranges(), of("bytes=-0"));
        assertEquals(ranges(), of("bytes=10-11,-0"));
        assertEquals(ranges(), of("bytes=99999999999999999999999999-"));
    }

    @Test
    void whatIsMalformedIsIgnored() {
        for (String field : List.of(
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=4-2",
                "bytes=1",
                "bytes",
                "lines=0-1",
                "bytes=0-1;2-3",
                "bytes=--1",
                "bytes=0-1-2",
                "bytes=+1-2",
                "0-1",
                "bytes 0-1",
                "bytes=0x1-2",
                "bytes=0-1,x")) {
            assertEquals(Optional.empty(), of(field), field);
        }
    }

    @Test
    void whatWouldBeMoreThanTheFileIsIgnored() {
        assertEquals(Optional.empty(), of("bytes=0-,0-"));
        assertEquals(Optional.empty(), of("bytes=0-5,5-9"));
        assertEquals(Optional.empty(), Ranges.of("bytes=" + "0-0,".repeat(17), 1_000));
        assertEquals(
                16, Ranges.of("bytes=" + "0-0,".repeat(16), 1_000).orElseThrow().size());
    }

    // ---- as they are sent

    @TempDir
    Path folder;

    private FileServer.Received ask(String range) throws IOException {
        Files.writeString(folder.resolve("a.txt"), "0123456789");
        try (FileServer server = new FileServer(folder)) {
            return server.get("/files/a.txt", "Range: " + range);
        }
    }

    @Test
    void oneRangeIsSentAsItIs() throws Exception {
        FileServer.Received received = ask("bytes=2-4");
        assertEquals(206, received.status());
        assertEquals("234", received.body());
        assertEquals("bytes 2-4/10", received.field("Content-Range"));
        assertEquals("3", received.field("Content-Length"));
        assertEquals("text/plain; charset=utf-8", received.field("Content-Type"));
    }

    @Test
    void severalAreSentInParts() throws Exception {
        FileServer.Received received = ask("bytes=0-1,7-,4-4");
        assertEquals(206, received.status());
        assertEquals("-", received.field("Content-Range"));
        String type = received.field("Content-Type");
        String boundary = type.substring("multipart/byteranges; boundary=".length());
        String head = "\r\n--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ";
        assertEquals(
                head + "0-1/10\r\n\r\n01" + head + "7-9/10\r\n\r\n789" + head + "4-4/10\r\n\r\n4" + "\r\n--" + boundary
                        + "--\r\n",
                received.body());
        assertEquals(String.valueOf(received.body().length()), received.field("Content-Length"));
    }

    @Test
    void whatCannotBeSatisfiedIsSaidWithTheSize() throws Exception {
        FileServer.Received received = ask("bytes=10-");
        assertEquals(416, received.status());
        assertEquals("bytes */10", received.field("Content-Range"));
        assertEquals("-", received.field("ETag"));
    }

    @Test
    void whatIsIgnoredIsAnsweredWithTheWhole() throws Exception {
        FileServer.Received received = ask("bytes=0-,0-");
        assertEquals(200, received.status());
        assertEquals("0123456789", received.body());
    }
}
