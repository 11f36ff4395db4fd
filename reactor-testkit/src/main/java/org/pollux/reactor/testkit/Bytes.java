package org.pollux.reactor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Random;
import org.pollux.reactor.Connection;

/** Data for streams. */
public final class Bytes {

    public static final int MB = 1024 * 1024;

    private Bytes() {}

    public static ByteBuffer of(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    /** Random bytes, so that every lost or swapped byte is seen. */
    public static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** Writes until the system takes no more and fewer bytes than one step wait. For the loop's thread. */
    public static int fill(Connection connection, int step) {
        int count = 0;
        while (connection.pending() == 0) {
            connection.write(ByteBuffer.allocate(step));
            count += step;
        }
        return count;
    }
}
