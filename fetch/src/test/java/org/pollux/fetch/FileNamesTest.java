package org.pollux.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.client.Url;

final class FileNamesTest {

    private static final Path FOLDER = Path.of("/folder");

    private final FileNames names = new FileNames(FOLDER);

    private String name(String target) {
        Path file = names.next(Url.parse("http://host" + target));
        assertEquals(FOLDER, file.normalize().getParent(), file::toString);
        return file.getFileName().toString();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b.txt, b.txt",
        "/b.txt?c=d/e, b.txt",
        "'', index.html",
        "/, index.html",
        "/a/, index.html",
        "/a/.., index.html",
        "/a%20b, a b",
        "/%FF, %FF",
        "/100%, 100%",
        "/%4, %4",
        "/..., ...",
        "/.profile, .profile",
        "/%252e%252e, %2e%2e",
    })
    void aFileHasTheNameOfTheLastPartOfThePath(String target, String name) {
        assertEquals(name, name(target));
    }

    @Test
    void lettersThatTheLocaleDoesNotHaveStayEncoded() {
        Charset locale = Charset.forName(System.getProperty("sun.jnu.encoding"));
        String name = locale.newEncoder().canEncode('\u00FC') ? "\u00FC" : "%C3%BC";
        assertEquals(name, name("/%C3%BC"));
        assertEquals(name + "-2", name("/a/%C3%BC"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%2e%2e",
                "/%2E%2e",
                "/.%2e",
                "/%2e",
                "/a%2fb",
                "/..%2F..%2Fetc%2Fpasswd",
                "/%2Fetc",
                "/a%5cb",
                "/..\\a",
                "/a%00",
                "/a%0Ab",
                "/%7F"
            })
    void aNameThatCouldMeanAnotherPlaceIsRefused(String target) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> name(target)).getMessage());
        assertTrue(message.endsWith("is not a name for a file"), message);
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        assertEquals("a.tar.gz", name("/1/a.tar.gz"));
        assertEquals("a.tar-2.gz", name("/2/a.tar.gz"));
        assertEquals("a.tar-3.gz", name("/3/a.tar.gz"));
        assertEquals("A.tar-2-2.gz", name("/A.tar-2.gz"));
        assertEquals(".a", name("/.a"));
        assertEquals(".a-2", name("/b/.a"));
        assertEquals("index.html", name("/"));
        assertEquals("index-2.html", name("/x/"));
    }

    /** A list of queries: with one look at every number that is taken, the last ones would take minutes. */
    @Test
    @Timeout(value = 40, threadMode = ThreadMode.SEPARATE_THREAD)
    void aHundredThousandUrlsMayHaveOneName() {
        for (int number = 1; number < 100_000; number++) {
            name("/item?id=" + number);
        }
        assertEquals("item-100000", name("/item?id=last"));
    }
}
