package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a socket's file is. */
final class SocketFileTest {

    @TempDir
    Path folder;

    private ServerSocketChannel listen(Path file) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileThatWasReplacedWhileItIsDeletedGetsItsNameBack() throws IOException {
        Path stale = folder.resolve("stale");
        Path file = folder.resolve("my.sock");
        listen(stale).close();
        SocketFile.Identity expected = SocketFile.Identity.of(stale);
        assertNotNull(expected);
        try (ServerSocketChannel rival = listen(file)) {
            assertFalse(SocketFile.deleteAside(file, expected));
            SocketChannel.open(rival.getLocalAddress()).close();
        }
        assertEquals(List.of("my.sock", "stale"), files());
        assertTrue(SocketFile.deleteAside(stale, expected));
        assertEquals(List.of("my.sock"), files());
    }

    @Test
    void aFileWithTheSameInodeIsAnotherFile() throws IOException {
        Path file = folder.resolve("my.sock");
        listen(file).close();
        SocketFile.Identity before = SocketFile.Identity.of(file);
        Files.delete(file);
        listen(file).close(); // most file systems give it the inode that is free now
        assertFalse(before != null && before.equals(SocketFile.Identity.of(file)));
    }

    @Test
    void aListenerGetsNoProbeForEachTime() throws IOException {
        Path path = folder.resolve("my.sock");
        SocketFile file = new SocketFile(path);
        try (ServerSocketChannel rival = listen(path)) {
            for (int i = 0; i < 10; i++) {
                assertThrows(BindException.class, file::clear);
            }
            rival.configureBlocking(false);
            SocketChannel first = rival.accept();
            assertNotNull(first);
            first.close();
            assertNull(rival.accept(), "a listener that accepts nothing would have its backlog filled");
        }
        Files.delete(path);
        listen(path).close();
        file.clear(); // another file: it is looked at again
        assertEquals(List.of(), files());
    }

    @Test
    void whatNobodyKnowsIsFree() throws IOException {
        SocketFile file = new SocketFile(folder.resolve("my.sock"));
        file.clear();
        file.deleteOwn();
        assertTrue(file.isInPlace());
    }
}
