package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.server.settings.Mount;

/** Where clients are sent. */
@Timeout(60)
class RedirectHandlerTest {

    private static String location(String from, String target, String asked) throws IOException {
        Mount mount = Mount.at(from).subpaths().methods("*");
        try (FileServer server = new FileServer(new RedirectHandler(target, 307), mount)) {
            FileServer.Received received = server.ask("POST", asked);
            assertEquals(307, received.status());
            return received.field("Location");
        }
    }

    @Test
    void whatIsBelowIsBelowTheTarget() throws Exception {
        assertEquals("/new", location("/old", "/new", "/old"));
        assertEquals("/new", location("/old", "/new", "/old/"));
        assertEquals("/new/a/b", location("/old", "/new", "/old/a/b"));
        assertEquals("/new/a/b/", location("/old", "/new/", "/old/a/b/"));
        assertEquals("/a", location("/old", "/", "/old/a"));
        assertEquals("https://ex.org/a", location("/", "https://ex.org", "/a"));
        assertEquals("https://ex.org/x/a", location("/", "https://ex.org/x", "/a"));
        assertEquals("/new/a%20b%3F%C3%BC?c=%20&d", location("/old", "/new", "/old/a%20b%3f%C3%BC?c=%20&d"));
    }

    @Test
    void noClientChoosesAnotherHost() throws Exception {
        assertEquals("/.//evil.org/", location("/old", "/", "/old//evil.org/"));
        assertEquals("/new//evil.org", location("/old", "/new", "/old//evil.org"));
        assertEquals("https://ex.org/@evil.org", location("/", "https://ex.org", "/@evil.org"));
        assertEquals("https://ex.org/.evil.org", location("/", "https://ex.org", "/.evil.org"));
        assertEquals("/%5Bevil.org", location("/old", "/", "/old/%5bevil.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "new", "//ex.org", "https://", "https:///x", "/a b", "/a\r\nB: c", "/a?b", "/a\\b", "/ü"})
    void whatIsNoPlaceIsRefused(String target) {
        assertThrows(IllegalArgumentException.class, () -> new RedirectHandler(target, 301));
    }

    @Test
    void otherStatusesAreRefused() {
        for (int status : new int[] {200, 300, 304, 305, 306, 400}) {
            assertThrows(IllegalArgumentException.class, () -> new RedirectHandler("/a", status));
        }
    }
}
