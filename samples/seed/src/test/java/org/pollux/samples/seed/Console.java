package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Runs a sample's {@code main}, and takes what it prints. */
final class Console {

    private Console() {}

    /** The part of a {@code main} that is looked at. */
    @FunctionalInterface
    interface Main {
        void run(String... args) throws IOException;
    }

    /** The lines that it prints, on both outputs. */
    static List<String> of(Main main, String... args) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var printed = new ByteArrayOutputStream();
        try (var both = new PrintStream(printed, true, UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            main.run(args);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(UTF_8).lines().toList();
    }
}
