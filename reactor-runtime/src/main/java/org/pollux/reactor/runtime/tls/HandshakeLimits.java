package org.pollux.reactor.runtime.tls;

import java.time.Duration;

/**
 * How much handshakes may cost.
 *
 * @param timeout how long one may take
 * @param unfinished how many a loop may have under way; one more resets the oldest that waits for its peer
 * @param keyOperations how many private-key operations a loop makes in one turn
 */
public record HandshakeLimits(Duration timeout, int unfinished, int keyOperations) {

    public HandshakeLimits {
        if (!timeout.isPositive() || unfinished < 1 || keyOperations < 1) {
            throw new IllegalArgumentException("Limits of handshakes must be positive, but are " + timeout.toMillis()
                    + " ms, " + unfinished + " unfinished ones and " + keyOperations + " private-key operations");
        }
    }
}
