package org.pollux.reactor.tls.openssl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of protocols as a hello has them: each with its length in front (RFC 7301 section 3.1). */
final class Alpn {

    private Alpn() {}

    /**
     * Names in that form.
     *
     * @throws IllegalArgumentException when one cannot be sent
     */
    static byte[] list(List<String> names) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (String name : names) {
            byte[] octets = octets(name);
            list.write(octets.length);
            list.writeBytes(octets);
        }
        return list.toByteArray();
    }

    private static byte[] octets(String name) {
        byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length == 0 || octets.length > 255 || name.chars().anyMatch(c -> c > 255)) {
            throw new IllegalArgumentException(
                    "The name of a protocol has 1 to 255 octets, but this is '" + name + "'");
        }
        return octets;
    }

    /**
     * The place in an offered list of the first name that is there.
     *
     * @return index of the length in front of it; -1 when none of them is there
     */
    static int select(byte[] offered, List<String> names) {
        for (String name : names) {
            byte[] octets = octets(name);
            for (int i = 0; i < offered.length; i += 1 + (offered[i] & 0xFF)) {
                int end = i + 1 + (offered[i] & 0xFF);
                if (Arrays.equals(offered, i + 1, end, octets, 0, octets.length)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The names of an offered list, for people. */
    static List<String> names(byte[] offered) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < offered.length; i += 1 + (offered[i] & 0xFF)) {
            names.add(new String(offered, i + 1, offered[i] & 0xFF, StandardCharsets.ISO_8859_1));
        }
        return names;
    }

    /** The name that was selected; null for none. */
    static @Nullable String selected(long ssl) {
        try (Frame frame = new Frame()) {
            long name = frame.pointer();
            long length = frame.pointer();
            Ssl.GET0_ALPN_SELECTED.call(ssl, name, length);
            return Memory.longAt(name) == 0
                    ? null
                    : new String(Memory.bytes(Memory.longAt(name), Memory.intAt(length)), StandardCharsets.ISO_8859_1);
        }
    }
}
