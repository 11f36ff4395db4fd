package org.pollux.http.server;

import static java.nio.file.StandardOpenOption.READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The response to HEAD says how long a body would be, and nobody has to produce it. */
class HeadResponseTest {

    private static final String HEAD = "HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Content-Length: 1000000\r\n\r\n";

    private final HandServer server = new HandServer();

    @Test
    void aFileIsNotRead(@TempDir Path folder) throws Exception {
        // Its bytes are not there: who reads would find its end.
        try (FileChannel file = FileChannel.open(Files.createFile(folder.resolve("empty")), READ)) {
            server.with("/x", (request, response) -> response.send(file, 0, 1_000_000));
            assertEquals(ANSWER + ANSWER, server.answer(HEAD) + server.answer(HEAD));
            assertFalse(file.isOpen());
        }
    }

    @Test
    void aStreamIsNotWritten() {
        server.with("/x", (request, response) -> response.stream(1_000_000).close());
        assertEquals(ANSWER + ANSWER, server.answer(HEAD + HEAD));
    }
}
