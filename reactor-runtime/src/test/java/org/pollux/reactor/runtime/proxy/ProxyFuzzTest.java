package org.pollux.reactor.runtime.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.runtime.proxy.Headers.bytes;
import static org.pollux.reactor.runtime.proxy.Headers.field;
import static org.pollux.reactor.runtime.proxy.Headers.ipv4;
import static org.pollux.reactor.runtime.proxy.Headers.summed;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Headers of the PROXY protocol with random faults, by fixed seeds: each is read or refused, no other exception escapes, it is not
 * longer than what came, and what came before its end said nothing else.
 *
 * <p>{@code -Dpollux.fuzz.rounds=1000000} reads more of them, from another seed each time. Jazzer does so as well: see CONTRIBUTING.md.
 */
public class ProxyFuzzTest {

    private static final Integer MORE = Integer.getInteger("pollux.fuzz.rounds");
    private static final int ROUNDS = MORE == null ? 5_000 : MORE;
    private static final long SEED = MORE == null ? 2015 : System.nanoTime();

    private static final byte[][] SEEDS = {
        bytes("PROXY TCP4 192.0.2.1 198.51.100.2 50000 443\r\n"),
        bytes("PROXY TCP6 2001:db8::1 2001:db8::2 50000 443\r\nGET"),
        bytes("PROXY UNKNOWN anything\r\n"),
        ipv4(field(0x01, "h2"), field(0x02, "example.org"), field(0x20, new byte[5], field(0x21, "TLSv1.3"))),
        summed(ipv4(field(0x04, new byte[2]), field(0x03, new byte[4]))),
    };

    private final Random random = new Random(SEED);

    private byte[] changed() {
        byte[] bytes = SEEDS[random.nextInt(SEEDS.length)].clone();
        for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
            }
        }
        return bytes;
    }

    /** The length of the header, {@code more} or {@code refused}. */
    private static String read(byte[] bytes, int length) {
        try {
            ProxyHeader header = ProxyHeader.read(ByteBuffer.wrap(Arrays.copyOf(bytes, length)));
            return header == null ? "more" : Integer.toString(header.length());
        } catch (ProtocolException _) {
            return "refused";
        }
    }

    /** Whether it is a header. A part of it must not contradict the whole. */
    private static boolean check(byte[] bytes, int length) {
        String whole = read(bytes, bytes.length);
        String part = read(bytes, length);
        if (whole.equals("refused")) {
            assertTrue(part.equals("more") || part.equals(whole), part);
            return false;
        }
        if (whole.equals("more")) {
            assertEquals("more", part);
            return false;
        }
        assertTrue(Integer.parseInt(whole) <= bytes.length, whole);
        assertNotEquals("refused", part);
        return true;
    }

    @Test
    void changedHeadersAreReadOrRefused() {
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = changed();
            read += check(bytes, random.nextInt(bytes.length + 1)) ? 1 : 0;
        }
        assertTrue(read > ROUNDS / 20, "only " + read + " were right");
    }

    /** Jazzer calls it with inputs of its own. The first byte says where the rest is cut. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 0) {
            byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
            check(bytes, (data[0] & 0xFF) % (bytes.length + 1));
        }
    }
}
