package org.pollux.reactor.tls.base;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the values that a certificate consists of, in DER (ITU-T X.690). */
final class Der {

    /** The tags of the alternatives of a field: {@code [number]} in the notation of ASN.1. */
    private static final int CONTEXT = 0x80;

    private static final int CONSTRUCTED = 0x20;

    /** Years before this are written with two digits (RFC 5280 section 4.1.2.5). */
    private static final int FIRST_LONG_YEAR = 2050;

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(0x10 | CONSTRUCTED, join(parts));
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] integer(long number) {
        return integer(BigInteger.valueOf(number));
    }

    static byte[] yes() {
        return value(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] nothing() {
        return value(0x05, new byte[0]);
    }

    static byte[] octets(byte[] content) {
        return value(0x04, content);
    }

    /** A string of whole octets. */
    static byte[] bits(byte[] content) {
        return value(0x03, join(new byte[] {0}, content));
    }

    /** A string of up to eight named bits, the first one the highest. */
    static byte[] flags(int octet) {
        int unused = Integer.numberOfTrailingZeros(octet);
        return value(0x03, new byte[] {(byte) unused, (byte) octet});
    }

    static byte[] identifier(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        var content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    content.write(0x80 | ((arc >>> shift) & 0x7f));
                }
            }
            content.write(arc & 0x7f);
        }
        return value(0x06, content.toByteArray());
    }

    static byte[] time(Instant instant) {
        boolean brief = instant.atOffset(ZoneOffset.UTC).getYear() < FIRST_LONG_YEAR;
        String text = (brief ? UTC_TIME : GENERALIZED_TIME).format(instant);
        return value(brief ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A value inside {@code [number] EXPLICIT}. */
    static byte[] within(int number, byte[] inner) {
        return value(CONTEXT | CONSTRUCTED | number, inner);
    }

    /** The content of a simple value as {@code [number] IMPLICIT}. */
    static byte[] as(int number, byte[] content) {
        return value(CONTEXT | number, content);
    }

    private static byte[] value(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skipped = digits[0] == 0 ? 1 : 0; // the sign
            out.write(0x80 | (digits.length - skipped));
            out.write(digits, skipped, digits.length - skipped);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
