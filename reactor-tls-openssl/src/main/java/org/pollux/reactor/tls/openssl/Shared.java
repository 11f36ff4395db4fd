package org.pollux.reactor.tls.openssl;

import java.util.concurrent.atomic.AtomicInteger;

/** Something native that several use: the last one frees it. From any thread. */
abstract class Shared {

    private final AtomicInteger uses = new AtomicInteger(1);

    /**
     * Uses it once more.
     *
     * @return false when it is freed already
     */
    final boolean retain() {
        int now;
        do {
            now = uses.get();
            if (now == 0) {
                return false;
            }
        } while (!uses.compareAndSet(now, now + 1));
        return true;
    }

    /** Ends one use. */
    final void release() {
        if (uses.decrementAndGet() == 0) {
            free();
        }
    }

    /** Called once. */
    protected abstract void free();
}
