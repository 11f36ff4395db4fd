package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.HttpFilter;
import org.pollux.http.User;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.testkit.HandlerKit;
import org.pollux.http.testkit.Reply;
import org.pollux.reactor.testkit.Await;

/** Users pass by passwords and programs by tokens, and nobody else does. */
@Timeout(60)
class AuthenticationTest {

    /** The password is {@code p\u00E4ss:word}. */
    private static final String ADA = "ada:$5$rounds=1000$saltstring$QMdipe77/CFIcfnyVRUHl1jzZIHhkyjiIV2eODPkAO7";

    /** The password is {@code Hello world!}. */
    private static final String BOB = "bob:$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5\n";

    /** The token is {@code test}. */
    private static final String TOKEN = "printer:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n";

    private final HandlerKit kit = new HandlerKit();
    private final Thread loop = Thread.currentThread();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void serve() throws IOException {
        file = folder.resolve("secrets");
        kit.routes()
                .add(
                        (request, response) -> {
                            assertEquals(loop, Thread.currentThread());
                            response.send(
                                    request.attribute(User.class).orElseThrow().name());
                        },
                        "/x");
    }

    private void filter(HttpFilter filter) {
        kit.routes().add(filter, Mount.at("/*"));
    }

    private Reply ask(String... authorization) {
        var call = kit.get("/x");
        for (String value : authorization) {
            call.header("Authorization", value);
        }
        return call.send();
    }

    private static String basic(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    @Test
    void aUserPassesByItsPassword() throws IOException {
        Files.writeString(file, "# users\n\n" + ADA + "\n" + BOB);
        try (BasicFilter basic = new BasicFilter("the \"realm\"", file)) {
            filter(basic);
            for (int i = 0; i < 2; i++) { // the second time it is remembered
                assertEquals("ada", ask("Basic " + basic("ada:p\u00E4ss:word")).text());
            }
            assertEquals("bob", ask("bAsIc  " + basic("bob:Hello world!")).text());
            for (String wrong :
                    List.of("ada:", "ada:pass:word", "bob:p\u00E4ss:word", "eve:p\u00E4ss:word", ":", "ada")) {
                Reply refused = ask("Basic " + basic(wrong));
                assertEquals(401, refused.status(), wrong);
                assertEquals(
                        Optional.of("Basic realm=\"the ?realm?\", charset=\"UTF-8\""),
                        refused.header("WWW-Authenticate"));
            }
            assertEquals(401, ask("Basic " + basic("ada:" + "x".repeat(300))).status());
            assertEquals(List.of(), basic.faults());
        }
    }

    @Test
    void aUserOfHtpasswdPassesByItsPassword() throws IOException {
        Files.writeString(file, "ada:$2y$05$tE83Yc.FxYQYydeu6RLNtuDifVW6Ce52HU5qF87f78EgG0zFZv.3G\n" + BOB);
        try (BasicFilter basic = new BasicFilter("r", file)) {
            filter(basic);
            assertEquals("ada", ask("Basic " + basic("ada:p\u00E4ssword")).text());
            assertEquals("bob", ask("Basic " + basic("bob:Hello world!")).text());
            assertEquals(401, ask("Basic " + basic("ada:password")).status());
            assertEquals(401, ask("Basic " + basic("eve:p\u00E4ssword")).status(), "whose password it is not");
        }
        Files.writeString(file, "# nobody\n");
        try (BasicFilter basic = new BasicFilter("r", file)) {
            filter(basic);
            assertEquals(401, ask("Basic " + basic("ada:p\u00E4ssword")).status());
        }
    }

    @Test
    void anImpossibleNameOfAFileLetsNobodyPass() throws IOException {
        try (BasicFilter basic = new BasicFilter("r", folder, "\0")) {
            filter(basic);
            assertEquals(503, ask("Basic " + basic("ada:p\u00E4ss:word")).status());
        }
        try (BearerFilter bearer = new BearerFilter("r", folder, "\0")) {
            assertTrue(bearer.faults().getFirst().contains("not the name of a file"), bearer.faults()::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Basic !", "Basic YQ=", "Bearer YTpi", "Basicx YTpi", "Basic YTpi YTpi"})
    void otherFieldsAreAsNone(String field) throws IOException {
        Files.writeString(file, ADA);
        try (BasicFilter basic = new BasicFilter("r", file)) {
            filter(basic);
            assertEquals(401, ask(field).status());
            assertEquals(401, ask().status());
            String right = "Basic " + basic("ada:p\u00E4ss:word");
            assertEquals(401, ask(right, right).status());
        }
    }

    @Test
    void withoutAFileThatCanBeReadNobodyPasses() throws IOException {
        try (BasicFilter basic = new BasicFilter("r", file);
                BearerFilter bearer = new BearerFilter("r", file)) {
            filter(basic);
            assertEquals(503, ask("Basic " + basic("ada:p\u00E4ss:word")).status());
            assertTrue(basic.faults().getFirst().contains("all requests get 503"), basic.faults()::toString);
            filter(bearer);
            assertEquals(503, ask().status());
        }
        Files.writeString(file, "ada:plain");
        try (BasicFilter basic = new BasicFilter("r", file)) {
            assertTrue(basic.faults().getFirst().contains("line 1: "), basic.faults()::toString);
        }
    }

    @Test
    void aFileWithoutAnEndIsNotReadToItsEnd() throws IOException {
        Path endless = Path.of("/dev/zero");
        try (BearerFilter bearer = new BearerFilter("r", endless)) {
            filter(bearer);
            assertEquals(503, ask("Bearer test").status());
            assertTrue(bearer.faults().getFirst().contains("not a regular file"), bearer.faults()::toString);
        }
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Tokens.read(endless))
                .getMessage());
        assertTrue(message.contains("longer than"), message);
        Files.writeString(file, "#".repeat(1_000_001));
        assertThrows(IllegalArgumentException.class, () -> Tokens.read(file));
    }

    @Test
    void aChangedFileIsReadAgainAndABadOneChangesNothing() throws IOException {
        Files.writeString(file, ADA);
        try (BasicFilter basic = new BasicFilter("r", file)) {
            filter(basic);
            String ada = "Basic " + basic("ada:p\u00E4ss:word");
            assertEquals("ada", ask(ada).text());
            Files.writeString(file, ADA + "\nbob:plain\n");
            Await.until("the fault", () -> !basic.faults().isEmpty());
            assertTrue(basic.faults().getFirst().contains("line 2: "), basic.faults()::toString);
            assertEquals("ada", ask(ada).text());
            Files.writeString(file, BOB);
            Await.until("the new file", () -> ask(ada).status() == 401);
            assertEquals(List.of(), basic.faults());
        }
    }

    @Test
    void aProgramPassesByItsToken() throws IOException {
        Files.writeString(file, TOKEN);
        try (BearerFilter bearer = new BearerFilter("r", file)) {
            filter(bearer);
            assertEquals("printer", ask("Bearer test").text());
            assertEquals(Optional.of("Bearer realm=\"r\""), ask().header("WWW-Authenticate"));
            for (String wrong :
                    List.of("Test", "test ,", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")) {
                Reply refused = ask("Bearer " + wrong);
                assertEquals(401, refused.status());
                assertEquals(
                        Optional.of("Bearer realm=\"r\", error=\"invalid_token\""),
                        refused.header("WWW-Authenticate"),
                        wrong);
            }
        }
        Files.writeString(file, "printer:test");
        try (BearerFilter bearer = new BearerFilter("r", file)) {
            assertTrue(bearer.faults().getFirst().contains("sha256sum"), bearer.faults()::toString);
        }
    }
}
