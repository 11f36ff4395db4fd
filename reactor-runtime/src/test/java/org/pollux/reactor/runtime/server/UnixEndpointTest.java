package org.pollux.reactor.runtime.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.runtime.ProtocolService;

/** Unix-domain sockets are files, with all that comes of it. */
@Timeout(60)
final class UnixEndpointTest {

    @TempDir
    Path home;

    private TestServer start() throws IOException {
        return TestServer.start(TestServer.SETTINGS, home);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aRelativePathIsInTheServersHome() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:my.sock");
            try (Client client = Client.connect(UnixDomainSocketAddress.of(home.resolve("my.sock")))) {
                client.receives("A").hearsItsEcho("hello");
            }
        }
    }

    @Test
    void onlyTheOwnerMayOpenIt() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:" + home.resolve("my.sock"));
            assertEquals("rw-------", mode(home.resolve("my.sock")));
        }
    }

    @Test
    void unlessTheEndpointSaysOtherwise() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:my.sock?mode=661");
            assertEquals("rw-rw---x", mode(home.resolve("my.sock")));
        }
    }

    @Test
    void theFileGoesWithTheEndpoint() throws IOException {
        try (TestServer test = start()) {
            ProtocolService service = test.serve("a", new TestProtocol("A"), "unix:one.sock");
            test.change(service, "unix:two.sock");
            assertFalse(Files.exists(home.resolve("one.sock")));
            assertTrue(Files.exists(home.resolve("two.sock")));
        }
        assertFalse(Files.exists(home.resolve("two.sock")));
    }

    @Test
    void aFileThatACrashHasLeftIsReplaced() throws IOException {
        Path file = home.resolve("my.sock");
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(file));
        }
        assertTrue(Files.exists(file), "Java leaves it, too");
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:my.sock");
            test.connect("a").receives("A").close();
        }
    }

    @Test
    void aFileOnWhichSomebodyListensIsLeftToHimUntilHeEnds() throws IOException {
        Path file = home.resolve("my.sock");
        try (TestServer test = start()) {
            try (ServerSocketChannel rival = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                rival.bind(UnixDomainSocketAddress.of(file));
                test.serve("a", new TestProtocol("A"), "unix:my.sock");
                assertEquals(
                        "another program listens on my.sock: end that one, or choose another path",
                        test.endpoint("a").problem().orElseThrow());
            }
            Eventually.holds("it is bound", () -> test.has(State.OPEN, "a"));
        }
    }

    @Test
    void aFileThatIsNoSocketIsNeverDeleted() throws IOException {
        Path file = Files.writeString(home.resolve("diary"), "dear diary");
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:diary");
            assertEquals(
                    "the file diary is there and is no socket: choose another path",
                    test.endpoint("a").problem().orElseThrow());
        }
        assertEquals("dear diary", Files.readString(file));
    }

    @Test
    void aFolderThatIsMissingIsNamed() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:nowhere/my.sock");
            assertEquals(
                    "the folder of nowhere/my.sock does not exist: make it, or choose another path",
                    test.endpoint("a").problem().orElseThrow());
        }
    }

    @Test
    void aPathThatIsTooLongIsNamed() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:" + "x".repeat(200));
            assertTrue(test.endpoint("a").problem().orElseThrow().contains("choose a shorter one"));
        }
    }
}
