package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pollux.http.server.settings.Mount;

/**
 * What is sent on a connection, as bytes, and what is answered: the table {@code raw-cases.txt}, section by section of the
 * RFCs.
 *
 * <p>A case is its name, the request in lines that begin with {@code >} (with {@code \r}, {@code \n}, {@code \xHH} and
 * {@code {N}} for N letters), and the outcome in a line that begins with {@code =}: the status of each response, its body
 * behind a slash when it matters, and whether the connection is open or closed then.
 */
class RawCasesTest {

    record Case(String name, String raw, String outcome) {}

    private final HandServer server = server();

    static HandServer server() {
        return SplitsTest.server()
                .with(
                        Mount.at("/files").subpaths(),
                        (request, response) -> response.send("<" + request.parameter("*") + ">"))
                .with(
                        Mount.at("/put").methods("PUT"),
                        (request, response) -> response.status(201).send())
                .with(Mount.at("/who").hosts("example.org"), (request, response) -> response.send("org"))
                .with("/who", (request, response) -> response.send("any"));
    }

    @TestFactory
    Stream<DynamicTest> everyCaseHasItsOutcome() throws IOException {
        return cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.name, () -> {
                    assertEquals(one.outcome, outcome(one.raw, one.raw.length()), one.raw);
                    assertEquals(one.outcome, outcome(one.raw, 1), "byte by byte: " + one.raw);
                }));
    }

    @Test
    void thereAreMoreThanAHundred() throws IOException {
        List<Case> cases = cases();
        assertTrue(cases.size() > 100, cases.size() + " cases");
        assertEquals(cases.size(), cases.stream().map(Case::name).distinct().count());
    }

    private String outcome(String raw, int size) {
        String answers = SplitsTest.answers(server, raw, Math.max(1, size));
        String end = answers.endsWith("open") ? "open" : "closed";
        return outcome(raw, answers.substring(0, answers.length() - end.length()), end);
    }

    /** The outcome of what a client got. */
    static String outcome(String raw, String wire, String end) {
        boolean head = raw.startsWith("HEAD");
        String all = WireResponse.all(wire, head).stream()
                .map(answer -> answer.status() + (answer.status() == 200 ? "/" + answer.body() : ""))
                .collect(Collectors.joining(" "));
        return (all + " " + end).strip();
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        String name = "";
        StringBuilder raw = new StringBuilder();
        for (String line : table().lines().toList()) {
            if (line.startsWith(">")) {
                raw.append(unescaped(line.substring(1)));
            } else if (line.startsWith("=")) {
                cases.add(new Case(name, raw.toString(), line.substring(1).strip()));
                raw.setLength(0);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                name = line;
            }
        }
        return cases;
    }

    private static String table() throws IOException {
        try (InputStream in = RawCasesTest.class.getResourceAsStream("raw-cases.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String unescaped(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                int end = text.indexOf('}', i);
                bytes.append("x".repeat(Integer.parseInt(text.substring(i + 1, end))));
                i = end;
            } else if (c == '\\') {
                char kind = text.charAt(++i);
                switch (kind) {
                    case 'r' -> bytes.append('\r');
                    case 'n' -> bytes.append('\n');
                    case 'x' -> {
                        bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                        i += 2;
                    }
                    default -> bytes.append(kind);
                }
            } else {
                bytes.append(c);
            }
        }
        return bytes.toString();
    }
}
