package org.pollux.reactor.runtime.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Storage;

/** The growing buffer of an event. */
class StorageTest {

    private final Storage storage = new ByteStorage();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private String text() {
        return UTF_8.decode(storage.content().duplicate()).toString();
    }

    @Test
    void itIsEmptyAtFirst() {
        assertEquals(0, storage.size());
        assertEquals("", text());
    }

    @Test
    void whatIsAppendedComesInOrder() {
        ByteBuffer data = bytes("one ");
        storage.append(data).append(bytes("two"));
        assertEquals("one two", text());
        assertEquals(0, data.remaining());
    }

    @Test
    void whatIsReadIsGone() {
        storage.append(bytes("abc"));
        assertEquals('a', storage.content().get());
        assertEquals(2, storage.size());
        storage.append(bytes("d"));
        assertEquals("bcd", text());
    }

    @Test
    void clearingForgetsEverything() {
        storage.append(bytes("abc")).clear();
        assertEquals(0, storage.size());
        storage.append(bytes("d"));
        assertEquals("d", text());
    }

    @Test
    void beyondTheLimitNothingIsTaken() {
        storage.limit(4).append(bytes("abc"));
        ByteBuffer data = bytes("de");
        assertThrows(BufferOverflowException.class, () -> storage.append(data));
        assertEquals("abc", text());
        assertEquals(2, data.remaining());
        storage.append(bytes("d"));
        assertEquals("abcd", text());
    }

    @Test
    void aLimitBelowWhatIsHeldIsRefused() {
        storage.append(bytes("abc"));
        assertThrows(IllegalArgumentException.class, () -> storage.limit(2));
        storage.limit(3);
    }

    @Test
    void manyAppendsAndReadsAreLikeAQueue() {
        Random random = new Random(1);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000; i++) {
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(data);
            storage.append(ByteBuffer.wrap(data));
            in.writeBytes(data);
            byte[] taken = new byte[random.nextInt(storage.size() + 1)];
            storage.content().get(taken);
            out.writeBytes(taken);
            assertEquals(in.size() - out.size(), storage.size());
        }
        byte[] rest = new byte[storage.size()];
        storage.content().get(rest);
        out.writeBytes(rest);
        assertEquals(ByteBuffer.wrap(in.toByteArray()), ByteBuffer.wrap(out.toByteArray()));
    }
}
