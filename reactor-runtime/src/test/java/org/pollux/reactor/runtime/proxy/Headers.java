package org.pollux.reactor.runtime.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Makes headers as a proxy does, and such as none would make. */
final class Headers {

    static final int LOCAL = 0x20;
    static final int PROXY = 0x21;

    private static final byte[] SIGNATURE = bytes("\r\n\r\n\0\r\nQUIT\n");

    private Headers() {}

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] header(int versionAndCommand, int family, byte[]... rest) {
        byte[] all = join(rest);
        return join(
                SIGNATURE,
                new byte[] {(byte) versionAndCommand, (byte) family, (byte) (all.length >> 8), (byte) all.length},
                all);
    }

    /** From 192.0.2.1:50000 to 198.51.100.2:443. */
    static byte[] ipv4(byte[]... fields) {
        byte[] addresses = {(byte) 192, 0, 2, 1, (byte) 198, 51, 100, 2, (byte) 0xc3, 0x50, 1, (byte) 0xbb};
        return header(PROXY, 0x11, addresses, join(fields));
    }

    static byte[] field(int type, byte[]... value) {
        byte[] all = join(value);
        return join(new byte[] {(byte) type, (byte) (all.length >> 8), (byte) all.length}, all);
    }

    static byte[] field(int type, String value) {
        return field(type, value.getBytes(UTF_8));
    }

    /** Sets the checksum, whose field is the last one. */
    static byte[] summed(byte[] header) {
        CRC32C sum = new CRC32C();
        sum.update(header);
        byte[] summed = Arrays.copyOf(header, header.length);
        ByteBuffer.wrap(summed).putInt(header.length - Integer.BYTES, (int) sum.getValue());
        return summed;
    }
}
