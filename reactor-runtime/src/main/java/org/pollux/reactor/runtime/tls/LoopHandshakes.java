package org.pollux.reactor.runtime.tls;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.pollux.reactor.Key;

/** The handshakes that one loop has under way, the oldest first, and its private-key operations. For the loop's thread. */
final class LoopHandshakes {

    static final Key<LoopHandshakes> KEY = Key.named("TLS handshakes");

    private final Set<TlsStage> underWay = new LinkedHashSet<>();
    private long turn = -1;
    private int used;

    int size() {
        return underWay.size();
    }

    void add(TlsStage stage) {
        underWay.add(stage);
    }

    void remove(TlsStage stage) {
        underWay.remove(stage);
    }

    /** The oldest one that waits for its peer: one that waits for its turn here is not at fault. */
    Optional<TlsStage> oldestAtFault() {
        return underWay.stream().filter(TlsStage::waitsForPeer).findFirst();
    }

    /** Whether one more private-key operation fits into a turn of the loop; it is counted then. */
    boolean spend(long now, int most) {
        if (turn != now) {
            turn = now;
            used = 0;
        }
        boolean fits = used < most;
        if (fits) {
            used++;
        }
        return fits;
    }
}
