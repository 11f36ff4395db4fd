package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellClientTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ShellClient.Trailer trailer = new ShellClient.Trailer(new PrintStream(out));

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_status_is_split_off_wherever_the_answer_was_cut_into_pieces() throws IOException {
        byte[] answer = "hello\u0000003\n\u0000042\n".getBytes(StandardCharsets.UTF_8);
        for (byte single : answer) {
            trailer.write(single);
        }
        assertEquals(42, trailer.status());
        assertEquals("hello\u0000003\n", printed());
    }

    @Test
    void an_answer_without_a_status_was_cut_off_and_is_printed_whole() throws IOException {
        trailer.write("hello".getBytes(StandardCharsets.UTF_8), 0, 5);
        assertThrows(IOException.class, trailer::status);
        assertEquals("hello", printed());
    }

    @Test
    void no_server_has_a_status_of_its_own(@TempDir Path folder) {
        ShellClient client = new ShellClient(
                new Home(folder), InputStream.nullInputStream(), new PrintStream(out), new PrintStream(out));
        assertEquals(ShellClient.NOT_RUNNING, client.run(Optional.of("lb")));
        assertEquals("not running: no server answers at " + folder.resolve("run/shell.sock") + "\n", printed());
    }
}
