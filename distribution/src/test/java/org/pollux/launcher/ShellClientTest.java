package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellClientTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private int response(String text) throws IOException {
        return ShellConnection.response(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
    }

    @Test
    void the_status_is_split_off_and_a_zero_byte_that_was_sent_twice_is_one() throws IOException {
        assertEquals(42, response("hello\u0000\u0000003\n\u0000042\n"));
        assertEquals("hello\u0000003\n", printed());
    }

    @Test
    void two_responses_on_one_connection_are_told_apart() throws IOException {
        InputStream in = new ByteArrayInputStream("one\u0000000\ntwo\u0000001\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(0, ShellConnection.response(in, out));
        assertEquals("one", printed());
        assertEquals(1, ShellConnection.response(in, out));
        assertEquals("onetwo", printed());
    }

    @Test
    void nothing_is_withheld_while_more_may_come() throws Exception {
        try (PipedOutputStream server = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(server)) {
            PipedOutputStream screen = new PipedOutputStream();
            PipedInputStream seen = new PipedInputStream(screen);
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
                try {
                    return ShellConnection.response(in, screen);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            server.write("pollux> ".getBytes(StandardCharsets.UTF_8));
            server.flush();
            assertEquals("pollux> ", new String(seen.readNBytes(8), StandardCharsets.UTF_8));
            server.write("\u0000007\n".getBytes(StandardCharsets.UTF_8));
            server.flush();
            assertEquals(7, status.get(40, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_response_without_a_status_was_cut_off_and_is_printed_whole() {
        assertThrows(IOException.class, () -> response("hello"));
        assertEquals("hello", printed());
        assertThrows(IOException.class, () -> response("hello\u000000"));
        assertThrows(IOException.class, () -> response("hello\u0000abc\n"));
    }

    @Test
    void no_server_has_a_status_of_its_own(@TempDir Path folder) {
        ShellClient client = new ShellClient(
                new Home(folder), InputStream.nullInputStream(), new PrintStream(out), new PrintStream(out));
        assertEquals(ShellClient.NOT_RUNNING, client.run(Optional.of("lb")));
        assertEquals("not running: no server responds at " + folder.resolve("run/shell.sock") + "\n", printed());
    }
}
