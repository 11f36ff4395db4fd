package org.pollux.http.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.HttpException;

/** Whole forms, in memory and in files. */
class MultipartFormTest {

    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final String LARGE = "x".repeat(100_000);
    private static final String FORM =
            part("name=a", "1") + part("name=f; filename=f.bin", LARGE) + part("name=a", "\u00FC");

    @TempDir
    private Path folder;

    private static String part(String disposition, String content) {
        return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private MultipartForm read(String form) throws IOException {
        return MultipartForm.read(
                TYPE, new ByteArrayInputStream(form.getBytes(UTF_8)), MultipartLimits.defaults(), folder);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void anErrorLeavesNoFile() throws IOException {
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(FORM.getBytes(UTF_8)), new InputStream() {
            @Override
            public int read() {
                throw new StackOverflowError("as if");
            }

            @Override
            public int read(byte[] target, int from, int count) {
                return read();
            }
        });
        assertThrows(
                StackOverflowError.class, () -> MultipartForm.read(TYPE, body, MultipartLimits.defaults(), folder));
        assertEquals(0, files());
    }

    @Test
    void aMovedPartIsForItsOwnerWhateverItsSize() throws IOException {
        try (MultipartForm form = read(FORM + "--b--")) {
            for (Part part : form.parts()) {
                Path moved = folder.resolve("moved");
                part.moveTo(moved);
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(moved)));
                assertEquals(part.size(), Files.size(moved));
                assertThrows(
                        FileAlreadyExistsException.class,
                        () -> form.parts().getFirst().moveTo(moved));
                Files.delete(moved);
            }
        }
    }

    @Test
    void smallPartsAreInMemoryAndLargeOnesInFiles() throws IOException {
        try (MultipartForm form = read(FORM + "--b--")) {
            assertEquals(3, form.parts().size());
            assertEquals("1", form.first("a").orElseThrow().text());
            assertEquals("\u00FC", form.all("a").getLast().text());
            Part file = form.first("f").orElseThrow();
            assertEquals(Optional.of("f.bin"), file.head().fileName());
            assertEquals(LARGE.length(), file.size());
            assertEquals(LARGE, file.text());
            assertArrayEquals(LARGE.getBytes(UTF_8), file.inputStream().readAllBytes());
            assertEquals(Optional.empty(), form.first("b"));
            assertEquals(1, files());
        }
        assertEquals(0, files());
    }

    @Test
    void aPartIsMovedAndStays() throws IOException {
        Path large = folder.resolve("large");
        Path small = folder.resolve("small");
        try (MultipartForm form = read(FORM + "--b--")) {
            form.first("f").orElseThrow().moveTo(large);
            form.first("a").orElseThrow().moveTo(small);
            assertThrows(
                    FileAlreadyExistsException.class,
                    () -> form.first("a").orElseThrow().moveTo(small));
        }
        assertEquals(LARGE, Files.readString(large));
        assertEquals("1", Files.readString(small));
        assertEquals(2, files());
    }

    @Test
    void aFormThatIsRefusedLeavesNoFile() throws IOException {
        assertThrows(HttpException.class, () -> read(FORM));
        assertThrows(
                HttpException.class, () -> read(part("name=f", LARGE + LARGE).substring(0, 150_000)));
        assertEquals(0, files());
    }
}
