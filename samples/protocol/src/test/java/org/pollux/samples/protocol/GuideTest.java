package org.pollux.samples.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide, and the README where it shows this module, show the code that there is. */
class GuideTest {

    private static final Pattern EXCERPT = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of("..", "..");

    @ParameterizedTest
    @MethodSource("excerpts")
    void theExcerptIsInTheSources(String excerpt) throws IOException {
        assertTrue(isIn(Path.of("src"), excerpt) || isIn(Path.of("../plain/src"), excerpt), excerpt);
    }

    private static boolean isIn(Path folder, String excerpt) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> inOneLine(read(file)).contains(excerpt));
        }
    }

    static Stream<String> excerpts() {
        return Stream.concat(
                codeOf(ROOT.resolve("docs/writing-a-protocol.md")),
                codeOf(ROOT.resolve("README.md")).filter(code -> !code.contains("Http")));
    }

    private static Stream<String> codeOf(Path page) {
        return EXCERPT.matcher(read(page)).results().map((MatchResult match) -> inOneLine(match.group(1)));
    }

    private static String inOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
