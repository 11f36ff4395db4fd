package org.pollux.http.server.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.pollux.http.HttpDate;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.Octets;
import org.pollux.http.wire.hpack.HpackEncoder;

/**
 * Writes the heads of responses as blocks of fields (RFC 9113, section 8.3.2): the status, {@code date}, {@code server}, the
 * length and the fields of the handler, in lower case. The date is made at most once in each second, and is the same for all
 * responses of a callback. The loop's connections share it, one callback after the other.
 */
final class ResponseHeadWriter {

    private static final String DATE = "date";
    private static final String LENGTH = "content-length";

    private final Time time;
    private final byte[] server;
    private final Bytes block = new Bytes(256);
    private final Bytes number = new Bytes(48);
    private long second = Long.MIN_VALUE;
    private byte[] date = {};
    private byte[] field = new byte[256];

    /** Whether the date of the present callback is known. */
    private boolean current;

    ResponseHeadWriter(Optional<String> server, Time time) {
        this.server = ascii(server.map(value -> "server" + value).orElse(""));
        this.time = time;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A callback begins: the clock is read again when a date is needed. */
    void enterCallback() {
        current = false;
    }

    /**
     * The block of a response.
     *
     * @param length of the body; negative when none is sent
     */
    Bytes head(HpackEncoder encoder, OutgoingResponse response, long length) {
        if (response.status() == 304) {
            response.removeMetadata();
        }
        encoder.begin(block.clear());
        encoder.status(response.isUpgrade() ? 200 : response.status(), block); // RFC 8441, section 5
        byte[] now = date();
        encoder.field(now, 0, DATE.length(), now.length - DATE.length(), block);
        if (server.length > 0) {
            encoder.field(server, 0, "server".length(), server.length - "server".length(), block);
        }
        lines(encoder, response.fields());
        if (length >= 0 && response.allowsLength()) {
            number.clear().add(LENGTH).add(length);
            encoder.field(number.array(), 0, LENGTH.length(), number.size() - LENGTH.length(), block);
        }
        return block;
    }

    /** The block of an interim response (RFC 9110, section 15.2). */
    Bytes interim(HpackEncoder encoder, int status, Bytes fields) {
        encoder.begin(block.clear());
        encoder.status(status, block);
        lines(encoder, fields);
        return block;
    }

    /** The block of the fields behind a body. */
    Bytes trailers(HpackEncoder encoder, Bytes lines) {
        encoder.begin(block.clear());
        lines(encoder, lines);
        return block;
    }

    private byte[] date() {
        if (!current) {
            current = true;
            long now = Math.floorDiv(time.millis(), 1000L);
            if (now != second) {
                second = now;
                date = ascii(DATE + HttpDate.format(Instant.ofEpochSecond(now)));
            }
        }
        return date;
    }

    private void lines(HpackEncoder encoder, Bytes lines) {
        ByteBuffer in = lines.content();
        int at = 0;
        while (at < in.limit()) {
            int nameEnd = Octets.skip(Octets.TOKEN, in, at, in.limit());
            int lineEnd = Octets.findLineFeed(in, nameEnd, in.limit());
            int value = Octets.skipBlanks(in, nameEnd + 1, lineEnd - 1);
            int valueEnd = Octets.trimBlanks(in, value, lineEnd - 1);
            int nameLength = nameEnd - at;
            int valueLength = valueEnd - value;
            if (field.length < nameLength + valueLength) {
                field = Arrays.copyOf(field, 2 * (nameLength + valueLength));
            }
            for (int i = 0; i < nameLength; i++) {
                byte octet = in.get(at + i);
                field[i] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + ('a' - 'A')) : octet;
            }
            in.get(value, field, nameLength, valueLength);
            encoder.field(field, 0, nameLength, valueLength, block);
            at = lineEnd + 1;
        }
    }
}
