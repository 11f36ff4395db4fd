package org.pollux.samples.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide shows the code that there is. */
class GuideTest {

    private static final Pattern EXCERPT = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @MethodSource("excerpts")
    void whatTheGuideShowsIsInTheSources(String excerpt) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            assertTrue(
                    files.filter(Files::isRegularFile).map(GuideTest::text).anyMatch(text -> text.contains(excerpt)));
        }
    }

    static Stream<String> excerpts() {
        return EXCERPT.matcher(read(Path.of("..", "..", "docs", "writing-a-backend.md")))
                .results()
                .map((MatchResult match) -> unindented(match.group(1)));
    }

    private static String text(Path file) {
        return unindented(read(file));
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
