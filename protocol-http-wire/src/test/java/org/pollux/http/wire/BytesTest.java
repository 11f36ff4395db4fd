package org.pollux.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BytesTest {

    private final Bytes bytes = new Bytes(4);

    private String text() {
        return StandardCharsets.ISO_8859_1.decode(bytes.content()).toString();
    }

    @Test
    void itGrowsWithWhatIsAdded() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'-', 'b', 'c', '-'}, 1, 2);
        bytes.add("a").add(buffer).add(new byte[] {'d', 'e'}).add("\u00FC").add(new Bytes(1).add("f"));
        assertEquals("abcde\u00FCf", text());
        assertEquals(0, buffer.remaining());
        bytes.clear().add("g");
        assertEquals("g", text());
    }

    @Test
    void numbersAreDecimal() {
        for (long number : new long[] {0, 9, 10, 99, 100, 1234567890, Long.MAX_VALUE}) {
            bytes.clear().add(number);
            assertEquals(Long.toString(number), text());
        }
    }

    @Test
    void whatOneLargeAnswerTookIsGivenBack() {
        bytes.add(new byte[100_000]);
        assertEquals(4, bytes.clear().content().capacity());
        bytes.add(new byte[1000]);
        assertEquals(1000, bytes.clear().content().capacity());
    }
}
