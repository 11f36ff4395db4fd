package org.pollux.reactor.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Takes what is logged while it is open, so that faults made on purpose do not fill the build's output. */
public final class CapturedLog implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    public CapturedLog() {
        System.setErr(new PrintStream(captured, true, UTF_8));
    }

    public boolean said(String text) {
        return captured.toString(UTF_8).contains(text);
    }

    public void says(String expected) {
        String all = captured.toString(UTF_8);
        assertTrue(all.contains(expected), () -> "The log does not say \"" + expected + "\", but: " + all);
    }

    public int lines() {
        return (int) captured.toString(UTF_8).lines().count();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
