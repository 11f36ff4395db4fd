package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.pollux.http.wire.Bytes;

/**
 * Frames with random faults, by fixed seeds: whatever comes, it is read to a message, a close or a fault that has a code, no other
 * exception escapes, nothing follows the end, and splits make no difference.
 *
 * <p>{@code -Dpollux.fuzz.rounds=1000000} reads more of them, from another seed each time.
 */
class FrameFuzzTest {

    private static final Integer MORE = Integer.getInteger("pollux.fuzz.rounds");
    private static final int ROUNDS = MORE == null ? 500 : MORE;
    private static final long SEED = MORE == null ? 6455 : System.nanoTime();

    private static final String[] TEXTS = {"", "a", "Grüße", "日本", "😀", "a".repeat(126), "\u0000", "ab".repeat(400)};

    private final Random random = new Random(SEED);

    /** Some frames that a client could send: fragments, control frames between them, compression, closes. */
    private byte[] frames(boolean compression) {
        Bytes out = new Bytes(0);
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            byte[] text = TEXTS[random.nextInt(TEXTS.length)].getBytes(UTF_8);
            switch (random.nextInt(7)) {
                case 0 -> frame(out, Opcode.PING, true, false, Arrays.copyOf(text, Math.min(text.length, 125)));
                case 1 -> fragments(out, text);
                case 2 -> FrameWriter.close(out, random.nextInt(), 990 + random.nextInt(40), "bye");
                case 3 -> frame(out, Opcode.BINARY, true, false, text);
                case 4 -> frame(out, Opcode.TEXT, true, compression, compression ? deflated(text) : text);
                default -> frame(out, Opcode.TEXT, true, false, text);
            }
        }
        return Arrays.copyOf(out.array(), out.size());
    }

    private void fragments(Bytes out, byte[] text) {
        int cut = random.nextInt(text.length + 1);
        frame(out, Opcode.TEXT, false, false, Arrays.copyOf(text, cut));
        if (random.nextBoolean()) {
            frame(out, Opcode.PONG, true, false, new byte[] {1});
        }
        frame(out, Opcode.CONTINUATION, true, false, Arrays.copyOfRange(text, cut, text.length));
    }

    private void frame(Bytes out, Opcode opcode, boolean last, boolean compressed, byte[] payload) {
        FrameWriter.frame(out, opcode, last, compressed, random.nextInt(), ByteBuffer.wrap(payload));
    }

    private static byte[] deflated(byte[] text) {
        Deflater deflater = new Deflater(9, true);
        try {
            deflater.setInput(text);
            byte[] out = new byte[text.length + 64];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, Math.max(0, length - 4)); // without the empty block (RFC 7692, section 7.2.1)
        } finally {
            deflater.end();
        }
    }

    private byte[] changed(byte[] frames) {
        byte[] bytes = frames;
        for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static void check(boolean compression, byte[] bytes) {
        List<String> seen = Read.all(Side.CLIENT, compression, bytes); // fails when a split makes a difference
        for (int i = 0; i < seen.size(); i++) {
            boolean ends = seen.get(i).startsWith("fault") || seen.get(i).startsWith("close");
            assertTrue(!ends || i == seen.size() - 1, () -> "something follows the end: " + seen);
            assertTrue(!seen.get(i).equals("not whole"), seen::toString);
        }
    }

    @Test
    void changedFramesAreReadOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean compression = random.nextBoolean();
            check(compression, changed(frames(compression)));
        }
    }

    @Test
    void noiseIsRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            check(random.nextBoolean(), noise);
        }
    }

    /** Otherwise the faults above would be all that is seen. */
    @Test
    void mostFramesAreRightBeforeTheyAreChanged() {
        int faults = 0;
        for (int round = 0; round < 200; round++) {
            List<String> seen = Read.all(Side.CLIENT, true, frames(true));
            faults += seen.getLast().startsWith("fault") ? 1 : 0;
        }
        assertTrue(faults < 60, "faults: " + faults);
        assertEquals(List.of("text a"), Read.all(Side.CLIENT, true, a()));
    }

    private byte[] a() {
        Bytes out = new Bytes(0);
        frame(out, Opcode.TEXT, true, true, deflated(new byte[] {'a'}));
        return Arrays.copyOf(out.array(), out.size());
    }
}
