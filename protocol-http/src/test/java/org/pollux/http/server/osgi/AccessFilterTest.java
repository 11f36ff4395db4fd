package org.pollux.http.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Who may administer the server by HTTP. */
final class AccessFilterTest {

    private static final String REFUSED = "HTTP/1.1 401 Unauthorized\r\n";

    private final HandServer server = new HandServer().withText("/metrics").withText("/health/live");
    private Optional<AccessToken> token = Optional.of(new AccessToken("s3cret"));

    AccessFilterTest() {
        server.routes.add(new AccessFilter(() -> token), Mount.at("/*"));
    }

    private String get(String target, String... fields) {
        return server.answer("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("", fields) + "\r\n");
    }

    @Test
    void aClientWithoutTheTokenIsToldWhichKindOfItIsNeeded() {
        String refusal = get("/metrics");
        assertTrue(refusal.startsWith(REFUSED), refusal);
        assertTrue(refusal.contains("WWW-Authenticate: Bearer realm=\"pollux\"\r\n"), refusal);
    }

    @Test
    void aPathThatIsNotServedIsRefusedAsAnyOther() {
        assertTrue(get("/none").startsWith(REFUSED));
    }

    @Test
    void theTokenOpens() {
        assertEquals(HandServer.ok("/metrics"), get("/metrics", "Authorization: Bearer s3cret\r\n"));
        assertEquals(HandServer.ok("/metrics"), get("/metrics", "authorization: bearer s3cret\r\n"));
    }

    @Test
    void nothingElseOpens() {
        for (String wrong : new String[] {
            "Authorization: Bearer s3cre\r\n",
            "Authorization: Bearer s3crets\r\n",
            "Authorization: Bearer\r\n",
            "Authorization: Basic s3cret\r\n",
            "Cookie: pollux-admin=wrong\r\n"
        }) {
            assertTrue(get("/metrics", wrong).startsWith(REFUSED), wrong);
        }
        assertTrue(get("/metrics?token=wrong").startsWith(REFUSED));
    }

    @Test
    void aBrowserGetsACookieForTheTokenAndNeverSeesItInAnAddressAgain() {
        String redirect = get("/?token=s3cret");
        assertTrue(redirect.startsWith("HTTP/1.1 303 See Other\r\n"), redirect);
        assertTrue(redirect.contains("Location: /\r\n"), redirect);
        assertTrue(
                redirect.contains("Set-Cookie: pollux-admin=s3cret; Path=/; HttpOnly; SameSite=Strict\r\n"), redirect);
        assertEquals(HandServer.ok("/metrics"), get("/metrics", "Cookie: pollux-admin=s3cret\r\n"));
    }

    @Test
    void healthIsToldToEverybody() {
        assertEquals(HandServer.ok("/health/live"), get("/health/live"));
    }

    @Test
    void aUnixSocketNeedsNoToken() {
        HandConnection client = new HandConnection(
                server.reactor,
                server.protocol(),
                UnixDomainSocketAddress.of("/run/admin.sock"),
                UnixDomainSocketAddress.of(""));
        client.receive("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n");
        assertEquals(HandServer.ok("/metrics"), client.takeSent());
    }

    @Test
    void withoutATokenNobodyIsLetIn() {
        token = Optional.empty();
        assertTrue(get("/metrics", "Authorization: Bearer \r\n").startsWith(REFUSED));
        assertTrue(get("/?token=").startsWith(REFUSED));
    }

    @Test
    void aTokenIsMadeOnceAndForItsOwnerOnly(@TempDir Path home) throws IOException {
        Path file = home.resolve("run/admin.token");
        AccessToken made = AccessToken.in(file);
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        assertEquals(43, made.text().length());
        assertEquals(made, AccessToken.in(file));
        assertFalse(made.toString().contains(made.text()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        String refusal = String.valueOf(
                assertThrows(IOException.class, () -> AccessToken.in(file)).getMessage());
        assertTrue(refusal.startsWith("Other users can read " + file), refusal);
    }
}
