package org.pollux.http.filters;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats entries as lines of the combined format:
 *
 * <pre>
 *   192.0.2.7 - - [01/May/2026:12:00:00 +0000] "GET /a HTTP/1.1" 200 1234 "https://example.org/" "curl/8"
 * </pre>
 *
 * <p>An extended line has two more words: the time from the head of the request to the end of the response in
 * microseconds, and the id of the request. The line of a response that was cut ends with the word {@code cut}. Text
 * from a client can end neither its quotes nor its line: quotes, backslashes, control characters and non-ASCII
 * characters are written as {@code \xHH}, octet by octet. For one thread.
 */
final class LogFormat {

    private static final String DIGITS = "0123456789ABCDEF";

    private final boolean extended;
    private final DateTimeFormatter date;
    private long second = Long.MIN_VALUE;
    private byte[] dateOfSecond = {};

    /**
     * Creates a format.
     *
     * @param extended whether the lines have two more words
     */
    LogFormat(boolean extended, ZoneId zone) {
        this.extended = extended;
        this.date = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                .withZone(zone);
    }

    void write(LogEntry entry, ByteArrayOutputStream out) {
        escape(entry.remote(), out);
        plain(" - - [", out);
        out.writeBytes(date(entry.endMillis()));
        plain("] \"", out);
        request(entry, out);
        plain("\" " + entry.status() + ' ' + entry.bytes() + " \"", out);
        escape(entry.referer(), out);
        plain("\" \"", out);
        escape(entry.agent(), out);
        out.write('"');
        if (extended) {
            plain(" " + entry.nanos() / 1_000 + " \"", out);
            escape(entry.id(), out);
            out.write('"');
        }
        if (entry.cut()) {
            plain(" cut", out);
        }
        out.write('\n');
    }

    private static void request(LogEntry entry, ByteArrayOutputStream out) {
        if (!entry.hasRequest()) {
            plain(LogEntry.NONE, out);
            return;
        }
        escape(entry.method(), out);
        out.write(' ');
        escape(entry.target(), out);
        out.write(' ');
        escape(entry.version(), out);
    }

    private byte[] date(long millis) {
        long now = Math.floorDiv(millis, 1_000);
        if (now != second) {
            second = now;
            dateOfSecond = date.format(Instant.ofEpochSecond(now)).getBytes(StandardCharsets.US_ASCII);
        }
        return dateOfSecond;
    }

    private static void plain(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A char is an octet, as the server creates them. Any other char, from a filter, is written as UTF-8. */
    private static void escape(String text, ByteArrayOutputStream out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                out.write(c);
            } else if (c <= 0xFF) {
                hex(c, out);
            } else {
                int end = text.offsetByCodePoints(i, 1);
                for (byte octet : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    hex(octet, out);
                }
                i = end - 1;
            }
        }
    }

    private static void hex(int octet, ByteArrayOutputStream out) {
        out.write('\\');
        out.write('x');
        out.write(DIGITS.charAt(octet >> 4 & 0xF));
        out.write(DIGITS.charAt(octet & 0xF));
    }
}
