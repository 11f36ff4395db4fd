package org.pollux.reactor.uring;

import java.io.IOException;
import java.util.Arrays;

/** Numbers the operations of a ring, limits how many receives begin in a turn, and ends those that are not wanted any more. */
final class Operations {

    /** Each costs some microseconds, and a swap brings thousands at once. */
    private static final int RECEIVES_IN_A_TURN = 512;

    private int serial;
    private int receives;
    private long[] cancelled = new long[64];
    private int cancelling;

    /** A new operation's number, which names the descriptor too. Never 0. */
    long begin(int descriptor) {
        serial++;
        return (long) serial << 32 | descriptor;
    }

    static int descriptor(long operation) {
        return (int) operation;
    }

    /** Whether another receive may begin in this turn. */
    boolean mayReceive() {
        return receives++ < RECEIVES_IN_A_TURN;
    }

    void nextTurn() {
        receives = 0;
    }

    /** Ends an operation in the next turn, also when its registration is gone by then. */
    void cancel(long operation) {
        if (cancelling == cancelled.length) {
            cancelled = Arrays.copyOf(cancelled, 2 * cancelling);
        }
        cancelled[cancelling++] = operation;
    }

    /** Submits the cancellations, and returns how many completions they bring, at least. */
    int submitCancelled(Ring ring) throws IOException {
        int count = cancelling;
        cancelling = 0;
        for (int i = 0; i < count; i++) {
            ring.cancel(cancelled[i], 0);
        }
        return count;
    }

    /** Another ring follows. */
    void forgetRing() {
        cancelling = 0;
    }
}
