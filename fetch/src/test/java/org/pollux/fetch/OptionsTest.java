package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OptionsTest {

    private static Options parse(String... args) throws UsageException {
        return Options.parse(List.of(args));
    }

    private static void assertRefused(String words, String... args) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(args));
        assertTrue(refused.toString().contains(words), refused::toString);
    }

    @Test
    void whatIsNotGivenHasAnUsualValue() throws Exception {
        assertEquals(
                new Options(
                        List.of("a"),
                        List.of(),
                        Optional.empty(),
                        32,
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty(),
                        false,
                        false,
                        false),
                parse("a"));
    }

    @Test
    void optionsMayStandAnywhere() throws Exception {
        assertEquals(
                new Options(
                        List.of("a", "b"),
                        List.of("list", "-"),
                        Optional.of(Path.of("dir")),
                        5,
                        Optional.of("nio"),
                        Duration.ofMillis(1500),
                        Optional.of(Path.of("ca.pem")),
                        false,
                        true,
                        true),
                parse(
                        "-i",
                        "list",
                        "a",
                        "-o",
                        "dir",
                        "--max",
                        "5",
                        "b",
                        "--timeout",
                        "1.5",
                        "--cacert",
                        "ca.pem",
                        "--plain-redirects",
                        "-q",
                        "--backend",
                        "nio",
                        "-i",
                        "-"));
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertRefused("no URL is given");
        assertRefused("no URL is given", "-o", "dir");
        assertRefused("unknown option '-x'", "-x", "a");
        assertRefused("-o needs a folder after it", "a", "-o");
        assertRefused("--cacert needs a file after it", "a", "--cacert");
        assertRefused("--cacert has no effect", "a", "--cacert", "f", "--insecure");
        assertRefused("--max needs a number up to 10000, but got '0'", "a", "--max", "0");
        assertRefused("--max needs a number up to 10000, but got '1.5'", "a", "--max", "1.5");
        assertRefused("--timeout needs a number up to 1000000, but got 'soon'", "a", "--timeout", "soon");
        assertRefused("--timeout needs a number up to 1000000, but got '0'", "a", "--timeout", "0");
    }

    @Test
    void aListHasAUrlOnEachLineThatIsNeitherBlankNorAComment(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(folder.resolve("list"), "# all\n\nb\n  c  \r\n \t\n#d\ne#f");
        InputStream in = new ByteArrayInputStream("g\n".getBytes(UTF_8));
        assertEquals(
                List.of("a", "b", "c", "e#f", "g"), UrlLists.read(parse("a", "-i", list.toString(), "-i", "-"), in));
    }
}
