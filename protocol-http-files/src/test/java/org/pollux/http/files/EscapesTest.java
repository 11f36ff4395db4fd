package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing leaves the folder, by whatever name; and nothing that is no file is opened. */
@Timeout(60)
class EscapesTest {

    private static final String SECRET = "SECRET";

    @TempDir
    Path around;

    private Path folder;
    private FileServer server;

    @BeforeEach
    void serve() throws IOException {
        Files.writeString(around.resolve("secret"), SECRET);
        Files.createDirectories(around.resolve("other"));
        Files.writeString(around.resolve("other/secret"), SECRET);
        folder = Files.createDirectories(around.resolve("folder"));
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("a"), "a");
        server = new FileServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/../secret",
                "/files/../../secret",
                "/files/sub/../../secret",
                "/files/%2e%2e/secret",
                "/files/%2E%2E/secret",
                "/files/.%2e/secret",
                "/files/%2e./secret",
                "/files/..%2fsecret",
                "/files/..%2Fsecret",
                "/files/%2e%2e%2fsecret",
                "/files/%252e%252e%252fsecret",
                "/files/%252e%252e/secret",
                "/files/..%5csecret",
                "/files/..\\secret",
                "/files/%c0%ae%c0%ae/secret",
                "/files/%c0%2e%c0%2e/secret",
                "/files/..%c0%afsecret",
                "/files/%e0%80%ae%e0%80%ae/secret",
                "/files/%uff0e%uff0e/secret",
                "/files/..;/secret",
                "/files/..%00/secret",
                "/files/a%00",
                "/files/a%00.html",
                "/files/a%0a",
                "/files//secret",
                "/files/./../secret",
                "/files/sub//../../secret",
                "/files/sub/..//../secret",
                "/files/....//secret",
                "/files/../folder/../secret",
                "/files/a/../../secret",
                "http://h/files/../secret",
                "http://h/files/%2e%2e/secret",
                "/files/~root/secret",
                "/files/sub/%2e%2e/%2e%2e/other/secret"
            })
    void noEncodingLeadsOut(String target) throws Exception {
        assertNothing(server.get(target));
    }

    @Test
    void anAbsolutePathIsNoName() throws Exception {
        assertNothing(server.get("/files/" + around.resolve("secret")));
        assertNothing(server.get("/files//" + around.resolve("secret")));
        assertNothing(server.get("/files/sub/" + around.resolve("secret")));
        assertNothing(server.get("/files/" + around.resolve("secret").toString().replace("/", "%2f")));
    }

    @Test
    void aNameThatOnlyLooksEncodedIsOne() throws Exception {
        Files.writeString(folder.resolve("%2e%2e"), "odd");
        assertEquals("odd", server.get("/files/%252e%252e").body());
    }

    // ---- links

    @Test
    void aLinkIsNotFollowedWhereverItLeads() throws Exception {
        link("out", around.resolve("secret"));
        link("relative", Path.of("../secret"));
        link("in", folder.resolve("a"));
        link("tree", around.resolve("other"));
        link("sub/up", Path.of("../.."));
        link("index.html", around.resolve("secret"));
        link("a.gz", around.resolve("secret"));
        for (String path : List.of("out", "relative", "in", "tree/secret", "tree", "tree/", "sub/up/secret", "")) {
            assertNothing(server.get("/files/" + path));
        }
        assertEquals("a", server.get("/files/a", "Accept-Encoding: gzip").body());
    }

    @Test
    void linksAreFollowedWhenThatIsConfigured() throws Exception {
        link("out", around.resolve("secret"));
        link("tree", around.resolve("other"));
        try (FileServer open = new FileServer(FilesSettings.of(folder).withLinks())) {
            assertEquals(SECRET, open.get("/files/out").body());
            assertEquals(SECRET, open.get("/files/tree/secret").body());
            assertEquals(301, open.get("/files/tree").status());
            assertNothing(open.get("/files/tree/../secret"));
        }
    }

    @Test
    void aLoopOfLinksIsNotFound() throws Exception {
        link("one", Path.of("two"));
        link("two", Path.of("one"));
        link("self", Path.of("."));
        link("nowhere", Path.of("none"));
        try (FileServer open = new FileServer(FilesSettings.of(folder).withLinks())) {
            for (FileServer each : List.of(server, open)) {
                assertEquals(404, each.get("/files/one").status());
                assertEquals(404, each.get("/files/one/a").status());
                assertEquals(404, each.get("/files/nowhere").status());
            }
            assertEquals("a", open.get("/files/self/self/self/a").body());
            assertEquals(
                    404, open.get("/files/" + "self/".repeat(1_000) + "none").status());
        }
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), target);
    }

    // ---- what is no file

    @Test
    void aPipeIsNotOpened() throws Exception {
        Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertEquals(0, made.waitFor());
        assertEquals(404, server.get("/files/pipe").status());
    }

    @Test
    void aDeviceIsNotOpened() throws Exception {
        link("zero", Path.of("/dev/zero"));
        try (FileServer open = new FileServer(FilesSettings.of(folder).withLinks());
                FileServer devices = new FileServer(Path.of("/dev"))) {
            assertEquals(404, open.get("/files/zero").status());
            assertEquals(404, devices.get("/files/zero").status());
        }
    }

    @Test
    void hiddenFilesAreNotThere() throws Exception {
        Files.writeString(folder.resolve(".htpasswd"), SECRET);
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), SECRET);
        Files.createDirectories(folder.resolve(".well-known"));
        Files.writeString(folder.resolve(".well-known/security.txt"), "us");
        assertNothing(server.get("/files/.htpasswd"));
        assertNothing(server.get("/files/%2ehtpasswd"));
        assertNothing(server.get("/files/.git/config"));
        assertNothing(server.get("/files/.git"));
        assertEquals("us", server.get("/files/.well-known/security.txt").body());
        try (FileServer open = new FileServer(FilesSettings.of(folder).withHidden())) {
            assertEquals(SECRET, open.get("/files/.git/config").body());
        }
    }

    @Test
    void aNameThatIsTooLongIsNotFound() throws Exception {
        assertEquals(404, server.get("/files/" + "x".repeat(300)).status());
        assertEquals(404, server.get("/files/" + "x/".repeat(3_000)).status());
    }

    private static void assertNothing(FileServer.Received received) {
        assertTrue(received.status() == 404 || received.status() == 400, received::toString);
        assertFalse(received.body().contains(SECRET));
    }
}
