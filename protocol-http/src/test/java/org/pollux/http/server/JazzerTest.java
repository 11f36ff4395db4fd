package org.pollux.http.server;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whatever a client sends: the responses are well-formed, nothing follows a fault, no exception escapes, and splits make no
 * difference. A build runs it on the inputs among the resources; with {@code JAZZER_FUZZ=1} it looks for new ones.
 */
class JazzerTest {

    private static final int SIZES = 4;

    private final HandServer server = SplitsTest.server();

    /** The first bytes are the sizes of the pieces. */
    @FuzzTest(maxDuration = "10m")
    void whateverAClientSends(byte[] data) {
        if (data.length <= SIZES) {
            return;
        }
        int[] sizes = new int[SIZES];
        for (int i = 0; i < SIZES; i++) {
            sizes[i] = 1 + (data[i] & 0x3F);
        }
        byte[] message = Arrays.copyOfRange(data, SIZES, data.length);
        org.pollux.http.server.FuzzTest.check(server, new String(message, StandardCharsets.ISO_8859_1), sizes);
    }
}
