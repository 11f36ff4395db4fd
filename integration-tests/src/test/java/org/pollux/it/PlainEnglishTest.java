package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Pages, comments and messages avoid phrases that a reader who is not a native speaker stumbles over. The list is short: a
 * phrase is on it only if plain English never needs it. CONTRIBUTING.md says how we write.
 */
final class PlainEnglishTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Which words, and what to write instead. A space stands for any white space, also the begin of a comment's line. */
    private enum Phrase {
        IS_NO("\\b(?=is|are)(?<![Tt]here )(?:is|are) no (?!longer|more)\\w+", "is not a"),
        TOO(", too[.;:)]", "also"),
        WHOEVER("\\b(?:[Ww]hoever|[Oo]ne who)\\b", "a client that, a service that"),
        HE("(?<![*])\\b(?:he|his|him)\\b", "it"),
        ANSWER("(?<![*])\\b(?:un)?[Aa]nswer(?:s|ed|ing)?\\b", "response, to respond"),
        ANEW("\\banew\\b", "again");

        private final Pattern pattern;
        private final String instead;

        Phrase(String regex, String instead) {
            this.pattern = Pattern.compile(regex.replace(" ", "\\s+(?:\\*\\s+|//\\s*)?"));
            this.instead = instead;
        }
    }

    /** Comments and strings. The other alternatives are there so that a quote in one of them does not begin a string. */
    private static final Pattern PROSE_OF_JAVA = Pattern.compile(
            "(?s)/\\*.*?\\*/|(?://[^\n]*\n\\s*)+|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)+'");

    @Test
    void pagesCommentsAndMessagesUseNoneOfThesePhrases() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String text = Files.readString(file);
            if (file.toString().endsWith(".java")) {
                Matcher prose = PROSE_OF_JAVA.matcher(text);
                while (prose.find()) {
                    search(file, text, prose.start(), prose.end(), found);
                }
            } else {
                search(file, text, 0, text.length(), found);
            }
        }
        assertEquals("", String.join("\n", found), "see CONTRIBUTING.md, How we write");
    }

    @Test
    void aPhraseIsFoundAcrossLines() {
        List<String> found = new ArrayList<>();
        String text = "one\n/**\n * A file that is\n * no jar, too.\n */\n";
        search(ROOT.resolve("A.java"), text, 0, text.length(), found);
        assertEquals(List.of("A.java:3: 'is no jar': write 'is not a'", "A.java:4: ', too.': write 'also'"), found);
    }

    @Test
    void eachPhraseIsFoundAndThereIsNoIsNone() {
        List<String> found = new ArrayList<>();
        String text =
                "There is no jar. It is no jar. A jar, too. Whoever reads. One who reads. When he reads. It answers. Read anew.";
        search(ROOT.resolve("a.md"), text, 0, text.length(), found);
        assertEquals(7, found.size(), found::toString);
        for (Phrase phrase : Phrase.values()) {
            assertTrue(found.stream().anyMatch(line -> line.endsWith("'" + phrase.instead + "'")), phrase::toString);
        }
    }

    private static void search(Path file, String text, int from, int to, List<String> found) {
        for (Phrase phrase : Phrase.values()) {
            Matcher matcher = phrase.pattern.matcher(text).region(from, to);
            matcher.useTransparentBounds(true);
            while (matcher.find()) {
                long line = text.substring(0, matcher.start()).lines().count();
                boolean begins = matcher.start() == 0 || text.charAt(matcher.start() - 1) == '\n';
                found.add(ROOT.relativize(file) + ":" + (begins ? line + 1 : line) + ": '"
                        + matcher.group().replaceAll("\\s+(?:\\*\\s+|//\\s*)?", " ") + "': write '" + phrase.instead
                        + "'");
            }
        }
    }

    /** Every page, every source that is not a test, the configuration's defaults and the command. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean skipped = name.equals("target")
                        || name.equals("test")
                        || name.equals("node_modules")
                        || (name.startsWith(".") && !folder.equals(ROOT));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.toString();
                if (name.endsWith(".java")
                        || name.endsWith(".md")
                        || name.endsWith(".cfg")
                        || file.equals(ROOT.resolve("pollux"))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertTrue(files.size() > 100, () -> "too few files below " + ROOT + ": " + files.size());
        return files;
    }
}
