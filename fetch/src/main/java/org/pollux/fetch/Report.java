package org.pollux.fetch;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHead;

/**
 * What the user sees on standard error: lines of progress that are written over on a terminal, lines elsewhere, failures in any
 * case. For the reactor's thread.
 */
final class Report {

    /** How the report looks. */
    enum Style {
        /** Failures only. */
        QUIET,
        LINES,
        /** Lines that are written over: one for each file under way, and one for all. */
        PROGRESS
    }

    private static final String ERASE = "\r\u001B[K";
    private static final String UP = "\u001B[A";

    /** Lines of files under way that are shown at a time. */
    private static final int SHOWN = 8;

    /** Columns of a line that is written over: one that wraps would stay. */
    private static final int COLUMNS = 79;

    private final PrintStream err;
    private final Style style;
    private final boolean verbose;
    private final Supplier<OptionalInt> count;
    private final Set<Transfer> underWay = new LinkedHashSet<>();
    private final long begin = System.nanoTime();
    private int saved;
    private int failed;
    private long bytes;
    private int linesShown;

    /** @param count how many URLs there are, as soon as that is known */
    Report(PrintStream err, Style style, boolean verbose, Supplier<OptionalInt> count) {
        this.err = err;
        this.style = style;
        this.verbose = verbose;
        this.count = count;
    }

    // ---- files under way

    /** A file under way. */
    final class Transfer {

        private final String name;
        private long total = -1;
        private long had;
        private long got;
        private long since;

        private Transfer(String name) {
            this.name = name;
        }

        /** An attempt begins, with so many bytes of an earlier one. */
        void attempt(long before) {
            underWay.add(this);
            had = before;
            got = 0;
            total = -1;
            since = System.nanoTime();
        }

        /** Its body begins. */
        void begins(HttpResponseHead head) {
            had = head.status() == 206 ? had : 0;
            String length = head.headers().first("Content-Length").orElse("");
            total = length.matches("[0-9]{1,18}") ? had + Long.parseLong(length) : -1;
        }

        void came(int more) {
            got += more;
            bytes += more;
        }

        /** It waits for its next attempt. */
        void rest() {
            total = -1;
        }

        void end() {
            underWay.remove(this);
        }

        private boolean isKnown() {
            return total >= 0;
        }

        private long left() {
            return total - had - got;
        }

        private String line() {
            double rate = rate(got, since);
            String known = isKnown()
                    ? percent(had + got, total) + "  " + size(had + got) + " of " + size(total)
                    : "      " + size(had + got);
            String rest = "  " + known + "  " + size(Math.round(rate)) + "/s" + eta(isKnown() ? left() : -1, rate);
            int room = Math.max(8, COLUMNS - rest.length());
            String label = shown(name);
            return (label.length() > room ? "..." + label.substring(label.length() - room + 3) : label) + rest;
        }
    }

    /** A file is about to be fetched. */
    Transfer begun(String name) {
        Transfer begun = new Transfer(name);
        underWay.add(begun);
        return begun;
    }

    private static double rate(long amount, long since) {
        return amount / Math.max((System.nanoTime() - since) / 1e9, 0.001);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%3d%%", whole == 0 ? 100 : part * 100 / whole);
    }

    /** The time that is left; nothing when that cannot be said. */
    private static String eta(long left, double rate) {
        if (left < 0 || rate < 1) {
            return "";
        }
        long seconds = Math.round(left / rate);
        return seconds < 3600
                ? String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "  %d h %02d min left", seconds / 3600, seconds / 60 % 60);
    }

    // ---- what is told of requests and responses

    /** A request is sent. */
    void asked(HttpRequest request) {
        if (verbose) {
            tell("> " + request.method() + " " + request.url());
            request.headers()
                    .forEach(field ->
                            tell("> " + field.name() + ": " + (field.isCredential() ? "(not shown)" : field.value())));
        }
    }

    /** A head has come. */
    void came(HttpResponseHead head) {
        if (verbose) {
            tell(("< " + head.version() + " " + head.status() + " " + head.reason()).strip());
            head.headers().forEach(field -> tell("< " + field.name() + ": " + field.value()));
        }
    }

    /** An attempt has failed, and there will be another one. */
    void again(String url, String reason, Duration pause) {
        if (style != Style.QUIET) {
            tell("pollux: " + url + ": " + reason + "; trying again in " + Durations.text(pause));
        }
    }

    private void tell(String line) {
        erase();
        err.println(shown(line));
    }

    // ---- results

    /** A file was there already. */
    void passedOver(Path file) {
        saved++;
        if (style == Style.LINES) {
            err.println(shown(file.toString()) + ": it is there already");
        }
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
        if (style != Style.PROGRESS) {
            return;
        }
        List<String> lines = new ArrayList<>();
        underWay.stream().limit(SHOWN).map(Transfer::line).forEach(lines::add);
        if (underWay.size() > SHOWN) {
            lines.add("... and " + (underWay.size() - SHOWN) + " more");
        }
        String total = (saved + failed) + ofAll() + " files, " + amount() + rate() + left() + failures(", ");
        lines.add(total.substring(0, Math.min(COLUMNS, total.length())));
        erase();
        err.print(String.join("\n", lines));
        err.flush();
        linesShown = lines.size();
    }

    private String ofAll() {
        OptionalInt all = count.get();
        return all.isPresent() ? " of " + all.getAsInt() : "";
    }

    /** What is left in total, when the length of every file is known. */
    private String left() {
        boolean known = saved + failed + underWay.size() == count.get().orElse(-1)
                && underWay.stream().allMatch(Transfer::isKnown);
        return known ? eta(underWay.stream().mapToLong(Transfer::left).sum(), rate(bytes, begin)) : "";
    }

    void interrupted(String why) {
        erase();
        err.println("pollux: " + why + ": " + saved + ofAll() + " files are complete");
    }

    void summary() {
        erase();
        if (style != Style.QUIET) {
            err.println(saved + (saved == 1 ? " file, " : " files, ") + amount() + " in "
                    + String.format(Locale.ROOT, "%.2f s", seconds()) + rate() + failures("; "));
        }
    }

    private void erase() {
        if (linesShown > 0) {
            err.print((ERASE + UP).repeat(linesShown - 1) + ERASE);
            err.flush();
            linesShown = 0;
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
