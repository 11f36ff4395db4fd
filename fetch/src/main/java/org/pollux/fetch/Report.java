package org.pollux.fetch;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What the user sees on standard error: a progress line that is written over on a terminal, lines elsewhere, failures in any
 * case. For the reactor's thread.
 */
final class Report {

    /** How the report looks. */
    enum Style {
        /** Failures only. */
        QUIET,
        LINES,
        /** A line that is written over. */
        PROGRESS
    }

    private static final String ERASE = "\r\u001B[K";

    private final PrintStream err;
    private final Style style;
    private final int count;
    private final long begin = System.nanoTime();
    private int saved;
    private int failed;
    private long bytes;
    private boolean lineShown;

    Report(PrintStream err, Style style, int count) {
        this.err = err;
        this.style = style;
        this.count = count;
    }

    /** Bytes have come. */
    void came(int more) {
        bytes += more;
    }

    /** A body is saved. Its line says when it came by another version than HTTP/1. */
    void saved(Supplier<String> what, long length, String version) {
        saved++;
        if (style == Style.LINES) {
            String by = version.startsWith("HTTP/1.") ? "" : ", " + version;
            err.println(shown(what.get()) + ": " + length + " bytes" + by);
        }
    }

    void failed(String url, String reason) {
        failed++;
        erase();
        err.println("pollux: " + shown(url) + ": " + shown(reason));
    }

    /** What a server or a list has written moves no cursor. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }

    int failures() {
        return failed;
    }

    /** Shows how far it is; to be called now and then. */
    void progress() {
        if (style == Style.PROGRESS) {
            erase();
            err.print((saved + failed) + " of " + count + " files, " + amount() + rate() + failures(", "));
            err.flush();
            lineShown = true;
        }
    }

    void interrupted(String why) {
        erase();
        err.println("pollux: " + why + ": " + saved + " of " + count + " files are complete");
    }

    void summary() {
        erase();
        if (style != Style.QUIET) {
            err.println(saved + (saved == 1 ? " file, " : " files, ") + amount() + " in "
                    + String.format(Locale.ROOT, "%.2f s", seconds()) + rate() + failures("; "));
        }
    }

    private void erase() {
        if (lineShown) {
            err.print(ERASE);
            err.flush();
            lineShown = false;
        }
    }

    private String amount() {
        return size(bytes);
    }

    private String rate() {
        return " (" + size(Math.round(bytes / Math.max(seconds(), 0.001))) + "/s)";
    }

    private String failures(String before) {
        return failed == 0 ? "" : before + failed + " failed";
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        double number = bytes;
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        int unit = -1;
        while (number >= 999.95) {
            number /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", number, units[unit]);
    }
}
