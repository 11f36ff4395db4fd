package org.pollux.http.client.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.Octets;
import org.pollux.http.wire.frames.FieldRules;
import org.pollux.http.wire.hpack.FieldSink;

/**
 * Reads the fields of a response's head, or those behind its body, and checks them (RFC 9113, sections 8.2 and 8.3.2). One block
 * after the other: {@link #begin}, the fields, {@link #check}, the results.
 */
final class ResponseFields implements FieldSink {

    /** What a field counts in addition to its octets (RFC 9113, section 6.5.2). */
    private static final int OVERHEAD = 32;

    /** Maximum fields: each costs more memory than its bytes. */
    private static final int FIELDS = 500;

    /** The number of decimal digits that always fit in a long. */
    private static final int DIGITS = 18;

    private static final int NONE = -1;

    private final int limit;
    private final Bytes lines = new Bytes(512);
    private @Nullable String fault;
    private int size;
    private int fields;
    private int status = NONE;
    private long length = NONE;

    ResponseFields(int limit) {
        this.limit = limit;
    }

    /** Prepares for the next block. */
    void begin() {
        lines.clear();
        fault = null;
        size = 0;
        fields = 0;
        status = NONE;
        length = NONE;
    }

    @Override
    public void field(byte[] octets, int from, int nameLength, int valueLength) {
        size += nameLength + valueLength + OVERHEAD;
        fields++;
        if (isTooLong() || fault != null) {
            return;
        }
        int value = from + nameLength;
        int end = value + valueLength;
        if (!FieldRules.isValue(octets, value, end)) {
            fault = "a field has a control character, or a blank at an end";
        } else if (nameLength > 0 && octets[from] == ':') {
            pseudo(octets, from, value, end);
        } else if (!FieldRules.isName(octets, from, value)) {
            fault = "the name of a field is not a token in lower case";
        } else if (FieldRules.isOfConnection(octets, from, value)) {
            fault = "HTTP/2 has no field " + text(octets, from, value);
        } else {
            if (FieldRules.is("content-length", octets, from, value)) {
                contentLength(text(octets, value, end));
            }
            lines.add(octets, from, value).add(": ").add(octets, value, end).add("\r\n");
        }
    }

    private void pseudo(byte[] octets, int from, int value, int end) {
        String text = text(octets, value, end);
        if (fields > 1 || !FieldRules.is(":status", octets, from, value)) {
            fault = text(octets, from, value) + " is not a field of a response, or not at its place";
        } else if (text.length() != 3 || !Octets.are(Octets.DIGIT, text)) {
            fault = "':status' is not a status: '" + text + "'";
        } else {
            status = Integer.parseInt(text);
        }
    }

    /** A length that is repeated must be the same (RFC 9110, section 8.6). */
    private void contentLength(String text) {
        if (text.isEmpty() || text.length() > DIGITS || !Octets.are(Octets.DIGIT, text)) {
            fault = "Content-Length: " + text + " is not a length";
            return;
        }
        long number = Long.parseLong(text);
        if (length >= 0 && length != number) {
            fault = "conflicting lengths: Content-Length: " + length + " and " + number;
        }
        length = number;
    }

    private static String text(byte[] octets, int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean isTooLong() {
        return size > limit || fields > FIELDS;
    }

    /**
     * Checks the block, all of which was read.
     *
     * @param head whether it is a head; otherwise it is the end of a body
     * @throws HttpFailure when it is malformed or too long
     */
    void check(boolean head) throws HttpFailure {
        if (isTooLong()) {
            String what = head ? "the head of the response" : "the trailers of the body";
            throw new HttpFailure(
                    Reason.TOO_LONG,
                    size > limit
                            ? what + (head ? " is" : " are") + " longer than " + limit + " bytes"
                            : what + " " + (head ? "has" : "have") + " more than " + FIELDS + " fields");
        }
        if (fault == null && head != (status != NONE)) {
            fault = head ? "a head has no ':status'" : "there is a ':status' behind the body";
        }
        if (fault != null) {
            throw new HttpFailure(Reason.MALFORMED, fault);
        }
    }

    int status() {
        return status;
    }

    boolean isInterim() {
        return status >= 100 && status < 200;
    }

    /** The announced length of the body; negative when none is announced. */
    long length() {
        return length;
    }

    /** A copy that remains valid. */
    FieldLines copy() {
        ByteBuffer content = lines.content();
        return new FieldLines(content, 0, content.limit()).copy();
    }
}
