package org.pollux.http.server.exchange;

/**
 * What a writer has written on the loop without letting others have their turn. A client may take bytes as fast as they are
 * written, so that room on the connection alone stops nobody. For the loop's thread.
 */
final class Burst {

    /** So much in one callback, as files are sent too; then the writer is told to stop, and goes on in a later turn. */
    private static final long ROOM = 256 * 1024;

    /** A writer that goes on all the same does not listen. */
    private static final long BOUND = 16 * 1024 * 1024;

    /** What a write costs at least, an empty one too. */
    private static final int LEAST = 64;

    private final StreamLoop loop;
    private long callback;
    private long spent;

    Burst(StreamLoop loop) {
        this.loop = loop;
    }

    /** How much a write of so many bytes counts. */
    static int weight(int count) {
        return Math.max(count, LEAST);
    }

    /**
     * Counts a write.
     *
     * @return whether it is the one that uses up the room
     */
    boolean spend(int count) {
        long now = loop.callback();
        if (callback != now) {
            callback = now;
            spent = 0;
        }
        boolean before = isSpent();
        spent += weight(count);
        return isSpent() && !before;
    }

    boolean isSpent() {
        return spent > ROOM;
    }

    /** Whether its writer was told to stop, and has gone on for long. */
    boolean isBeyondBound() {
        return spent > BOUND;
    }

    /** In another turn: it may write again. */
    void renew() {
        spent = 0;
    }
}
