package org.pollux.samples.seed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guide "From newLISP's Reactor to Pollux" leaves nothing out, shows code that is compiled, and names tests that are
 * there.
 */
class GuideTest {

    private static final Path DOCS = Path.of("..", "..", "docs");
    private static final Pattern SECTION = Pattern.compile("^## (.*)\\n((?:(?!## ).*\\n)*)", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\[`(\\w+)(?:\\.(\\w+))?`]\\(([^)]*\\.java)\\)");

    private static final List<String> FUNCTIONS = List.of(
            "make-reactor",
            "kill-reactor",
            "run-reactor",
            "stop-reactor",
            "make-event",
            "kill-event",
            "write-event-buffer",
            "get-event-storage",
            "watch",
            "watch-once",
            "unwatch",
            "set-interval",
            "clear-interval",
            "set-timer",
            "make-buffer",
            "buffer-send",
            "free-buffer",
            "net-connect");

    /** A part of the guide, below its heading. */
    record Section(String heading, String text) {

        /** The sources and tests that it names. */
        Stream<Link> links() {
            return LINK.matcher(text).results().map(Link::of);
        }

        @Override
        public String toString() {
            return heading;
        }
    }

    /** A type in a file, and a method of it if there is a name. */
    record Link(String type, String method, Path file) {

        static Link of(MatchResult match) {
            String method = match.group(2);
            return new Link(match.group(1), method == null ? "" : method, DOCS.resolve(match.group(3)));
        }

        boolean isTest() {
            return !method.isEmpty();
        }

        boolean isThere() {
            return file.endsWith(type + ".java")
                    && Pattern.compile("@(Test|ParameterizedTest)\\s+(@\\S+\\s+)*void " + method + "\\(")
                            .matcher(read(file))
                            .find();
        }
    }

    @Test
    void everyFunctionHasASection() {
        for (String function : FUNCTIONS) {
            assertTrue(
                    sections().anyMatch(section -> section.heading.contains("`" + function + "`")),
                    function + " has no heading");
        }
    }

    @ParameterizedTest
    @MethodSource("sections")
    void everySectionNamesTestsThatThereAre(Section section) {
        List<Link> tests = section.links().filter(Link::isTest).toList();
        assertFalse(tests.isEmpty(), "no test is named");
        tests.forEach(test -> assertTrue(test.isThere(), () -> test + " is no test"));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void whatASectionShowsIsInTheFilesThatItNames(Section section) {
        String sources =
                section.links().map(link -> unindented(read(link.file))).collect(Collectors.joining("\n"));
        CODE.matcher(section.text)
                .results()
                .map(match -> unindented(match.group(1)))
                .forEach(code -> assertTrue(sources.contains(code), () -> "not in the sources:\n" + code));
    }

    static Stream<Section> sections() {
        return SECTION.matcher(read(DOCS.resolve("from-newlisp.md")))
                .results()
                .map(match -> new Section(match.group(1), match.group(2)));
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
