package org.pollux.launcher;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An exception as lines: itself and its causes, each with its message escaped on one line, and the calls indented further.
 */
final class StackTrace {

    /** Of one exception; a recursion without an end has thousands. */
    private static final int MOST_CALLS = 200;

    private static final int MOST_EXCEPTIONS = 20;

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Consumer<String> lines;

    private StackTrace(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Tells each line; texts in it are not escaped, so a line may hold line ends. */
    static void of(Throwable thrown, Consumer<String> lines) {
        new StackTrace(lines).add("", "", thrown);
    }

    private void add(String indent, String caption, Throwable thrown) {
        if (seen.size() >= MOST_EXCEPTIONS || !seen.add(thrown)) {
            lines.accept(indent + caption + "(more: " + thrown.getClass().getName() + ")");
            return;
        }
        lines.accept(indent + caption + said(thrown));
        StackTraceElement[] calls = thrown.getStackTrace();
        for (int i = 0; i < Math.min(calls.length, MOST_CALLS); i++) {
            lines.accept(indent + "  at " + calls[i]);
        }
        if (calls.length > MOST_CALLS) {
            lines.accept(indent + "  ... " + (calls.length - MOST_CALLS) + " more");
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            add(indent + "  ", "Suppressed: ", suppressed);
        }
        Throwable cause = thrown.getCause();
        if (cause != null) {
            add(indent, "Caused by: ", cause);
        }
    }

    private static String said(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (RuntimeException e) { // a bundle's own exception
            return thrown.getClass().getName();
        }
    }
}
