package org.pollux.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The responses of every server, and their paths. */
final class Answers {

    static final String PLAINTEXT = "/plaintext";
    static final String JSON = "/json";

    /** POST: the body is read and forgotten, and the response is its length. */
    static final String UPLOAD = "/upload";

    /** A mebibyte, which each server has in memory before anybody asks for it. */
    static final String MEBIBYTE = "/bytes/1048576";

    /** Each WebSocket message comes back. */
    static final String ECHO = "/websocket/echo";

    /** Bytes of the longest message. */
    static final int LONGEST_MESSAGE = 1 << 20;

    static final String TEXT = "text/plain";
    static final String OBJECT = "application/json";
    static final String OCTETS = "application/octet-stream";

    private static final byte[] HELLO = "Hello, World!".getBytes(US_ASCII);
    private static final byte[] ZEROS = new byte[1 << 20];

    private Answers() {}

    static byte[] hello() {
        return HELLO;
    }

    static byte[] mebibyte() {
        return ZEROS;
    }

    /** Created again for each request, as in Pollux's sample. */
    static byte[] json() {
        return new Message("Hello, World!").toJson().getBytes(US_ASCII);
    }

    static byte[] count(long bytes) {
        return Long.toString(bytes).getBytes(US_ASCII);
    }

    /** The value of Date, for those that do not write it themselves: to be asked for once in a second. */
    static String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private record Message(String message) {

        String toJson() {
            return "{\"message\":\"" + message + "\"}";
        }
    }
}
