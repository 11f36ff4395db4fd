package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.server.offer.ProtocolOffer;

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
            ProtocolOffer service = test.serve("a", new TestProtocol("A"), "unix:one.sock");
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
                    "the file diary exists and is not a socket: choose another path",
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

    private ServerSocketChannel listen(Path file, int backlog) throws IOException {
        ServerSocketChannel rival = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return rival.bind(UnixDomainSocketAddress.of(file), backlog);
    }

    @Test
    void aRivalWhoseBacklogIsFullHoldsUpNothing() throws IOException {
        Path file = home.resolve("my.sock");
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel rival = listen(file, 1);
                TestServer test = start()) {
            assertThrows(SocketException.class, () -> {
                while (true) {
                    SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                    waiting.add(client);
                    client.configureBlocking(false);
                    client.connect(rival.getLocalAddress());
                }
            });
            test.serve("a", new TestProtocol("A"), "unix:my.sock");
            assertEquals(
                    "another program listens on my.sock: end that one, or choose another path",
                    test.endpoint("a").problem().orElseThrow());
            test.serve("b", new TestProtocol("B"), TestServer.ANY_PORT);
            test.connect("b").receives("B").close();
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
        assertTrue(Files.exists(file), "it is the rival's");
    }

    @Test
    void aSocketThatAnotherProgramHasPutThereSinceIsNotDeleted() throws IOException {
        Path file = home.resolve("my.sock");
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:my.sock");
            Files.delete(file);
            try (ServerSocketChannel rival = listen(file, 8)) {
                String problem = test.endpoint("a").problem().orElseThrow();
                assertTrue(problem.contains(file + " was deleted, or another program"), problem);
                test.server.close();
                SocketChannel.open(rival.getLocalAddress()).close();
            }
        }
        assertTrue(Files.exists(file));
    }

    @Test
    void aFileThatWasRenamedOntoOursIsNotDeleted() throws IOException {
        Path file = home.resolve("my.sock");
        try (TestServer test = start()) {
            ProtocolOffer service = test.serve("a", new TestProtocol("A"), "unix:my.sock");
            try (ServerSocketChannel rival = listen(home.resolve("rival.sock"), 8)) {
                Files.move(home.resolve("rival.sock"), file, StandardCopyOption.ATOMIC_MOVE);
                test.change(service, "unix:other.sock");
                SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
                assertTrue(rival.isOpen());
            }
        }
        assertTrue(Files.exists(file));
    }

    @Test
    void aFileThatWasDeletedIsTold() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:my.sock");
            assertEquals(Optional.empty(), test.endpoint("a").problem());
            Files.delete(home.resolve("my.sock"));
            assertTrue(test.endpoint("a").problem().orElseThrow().contains("was deleted"));
        }
    }

    @Test
    void aLinkIsNeitherFollowedNorDeleted() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("nowhere"));
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:link");
            assertEquals(
                    "the file link is a symbolic link: write the path that it leads to, or choose another one",
                    test.endpoint("a").problem().orElseThrow());
        }
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void aPipeIsNoSocketAndIsNeverDeleted() throws Exception {
        Path pipe = home.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:pipe");
            assertEquals(
                    "the file pipe exists and is not a socket: choose another path",
                    test.endpoint("a").problem().orElseThrow());
        }
        assertTrue(Files.exists(pipe));
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws IOException {
        Files.writeString(home.resolve("diary"), "dear diary");
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), "unix:diary/my.sock");
            assertEquals(
                    "the folder of diary/my.sock is a file: choose another path",
                    test.endpoint("a").problem().orElseThrow());
        }
    }

    @Test
    void onePathWrittenInTwoWaysIsTheFirstOnes() throws IOException {
        Files.createSymbolicLink(home.resolve("link"), home);
        try (TestServer test = start()) {
            ProtocolOffer first = test.serve("first", new TestProtocol("A"), "unix:my.sock");
            test.serve("second", new TestProtocol("B"), "unix:" + home.resolve("my.sock"));
            test.serve("third", new TestProtocol("C"), "unix:link/my.sock");
            assertEquals(State.WAITING, test.endpoint("second").state());
            assertEquals(State.WAITING, test.endpoint("third").state());
            assertEquals(
                    "first serves unix:my.sock, which is the same to the system, and was there first: choose another"
                            + " endpoint, or wait for its end",
                    test.endpoint("third").problem().orElseThrow());
            test.change(first, "unix:other.sock");
            assertEquals(State.OPEN, test.endpoint("second").state());
            Client.connect(UnixDomainSocketAddress.of(home.resolve("my.sock")))
                    .receives("B")
                    .close();
        }
    }
}
