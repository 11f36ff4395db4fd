package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Keys for the masks of frames, which nobody can predict (RFC 6455, section 10.3). From any thread. */
final class MaskKeys {

    private static final int AT_A_TIME = 4 * 1024;

    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer made = ByteBuffer.allocate(AT_A_TIME).limit(0);

    /** A key that is not 0. */
    synchronized int next() {
        int key = 0;
        while (key == 0) {
            if (!made.hasRemaining()) {
                random.nextBytes(made.array());
                made.clear();
            }
            key = made.getInt();
        }
        return key;
    }

    /** 16 octets for a handshake. */
    byte[] handshake() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return octets;
    }
}
