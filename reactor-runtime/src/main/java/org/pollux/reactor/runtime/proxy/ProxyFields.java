package org.pollux.reactor.runtime.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ProxyInfo;

/**
 * The fields behind the addresses of version 2: each has a type, a length and a value (TLV). Those of an unknown type are skipped.
 * One that is known comes once at most, because it would be a guess which one counts.
 */
record ProxyFields(@Nullable String alpn, @Nullable String authority, ProxyInfo.@Nullable Tls tls) {

    static final ProxyFields NONE = new ProxyFields(null, null, null);

    static final int ALPN = 0x01;
    static final int AUTHORITY = 0x02;
    static final int CRC32C = 0x03;
    static final int TLS = 0x20;
    private static final Set<Integer> KNOWN = Set.of(ALPN, AUTHORITY, CRC32C, TLS);

    static final int TLS_VERSION = 0x21;
    static final int TLS_COMMON_NAME = 0x22;
    static final int TLS_CIPHER = 0x23;
    private static final Set<Integer> KNOWN_OF_TLS = Set.of(TLS_VERSION, TLS_COMMON_NAME, TLS_CIPHER);

    static final int ENCRYPTED = 0x01;
    static final int CERTIFICATE = 0x02 | 0x04;

    static final int HEAD = 3;
    static final int LONGEST_NAME = 255;

    /**
     * Reads the fields of a header.
     *
     * @param header all of it; its checksum is set to zero
     * @param from where the first field begins
     */
    static ProxyFields read(ByteBuffer header, int from) throws ProtocolException {
        Map<Integer, ByteBuffer> fields = split(header.duplicate().position(from), KNOWN);
        ByteBuffer checksum = fields.get(CRC32C);
        if (checksum != null) {
            check(header, checksum);
        }
        return new ProxyFields(
                name(fields.get(ALPN), "ALPN", ISO_8859_1),
                name(fields.get(AUTHORITY), "the authority", UTF_8),
                tls(fields.get(TLS)));
    }

    private static Map<Integer, ByteBuffer> split(ByteBuffer in, Set<Integer> known) throws ProtocolException {
        Map<Integer, ByteBuffer> fields = new HashMap<>();
        while (in.hasRemaining()) {
            if (in.remaining() < HEAD) {
                throw ProxyHeader.wrong("ends inside a field");
            }
            int type = in.get() & 0xff;
            int length = in.getShort() & 0xffff;
            if (in.remaining() < length) {
                throw ProxyHeader.wrong("ends inside the field 0x%02x".formatted(type));
            }
            ByteBuffer value = in.slice(in.position(), length);
            in.position(in.position() + length);
            if (known.contains(type) && fields.put(type, value) != null) {
                throw ProxyHeader.wrong("has the field 0x%02x twice".formatted(type));
            }
        }
        return fields;
    }

    /** The sum is that of the header with zeros instead of the sum. */
    private static void check(ByteBuffer header, ByteBuffer checksum) throws ProtocolException {
        if (checksum.remaining() != Integer.BYTES) {
            throw ProxyHeader.wrong("has a checksum of " + checksum.remaining() + " bytes, not 4");
        }
        int told = checksum.getInt(0);
        checksum.putInt(0, 0);
        CRC32C computed = new CRC32C();
        computed.update(header.duplicate());
        if ((int) computed.getValue() != told) {
            throw ProxyHeader.wrong("has a wrong checksum: it was changed on its way");
        }
    }

    private static @Nullable String name(@Nullable ByteBuffer value, String what, Charset charset)
            throws ProtocolException {
        if (value != null && (!value.hasRemaining() || value.remaining() > LONGEST_NAME)) {
            throw ProxyHeader.wrong("has " + what + " with " + value.remaining() + " bytes, not 1 to " + LONGEST_NAME);
        }
        return text(value, what, charset);
    }

    private static @Nullable String text(@Nullable ByteBuffer value, String what, Charset charset)
            throws ProtocolException {
        if (value == null) {
            return null;
        }
        try {
            return charset.newDecoder().decode(value).toString();
        } catch (CharacterCodingException _) {
            throw ProxyHeader.wrong("has " + what + " that is not " + charset);
        }
    }

    private static ProxyInfo.@Nullable Tls tls(@Nullable ByteBuffer value) throws ProtocolException {
        if (value == null) {
            return null;
        }
        if (value.remaining() < Byte.BYTES + Integer.BYTES) {
            throw ProxyHeader.wrong("has a field of TLS with " + value.remaining() + " bytes, fewer than 5");
        }
        int client = value.get();
        boolean accepted = value.getInt() == 0;
        Map<Integer, ByteBuffer> parts = split(value.slice(), KNOWN_OF_TLS);
        boolean certificate = (client & CERTIFICATE) != 0;
        ProxyInfo.Tls told = new ProxyInfo.Tls(
                text(parts.get(TLS_VERSION), "a TLS version", ISO_8859_1),
                text(parts.get(TLS_CIPHER), "a cipher", ISO_8859_1),
                certificate,
                certificate && accepted,
                text(parts.get(TLS_COMMON_NAME), "a common name", UTF_8));
        return (client & ENCRYPTED) == 0 ? null : told;
    }
}
