package org.pollux.http.server.exchange;

/**
 * Counts the bytes that a writer has written on the loop without a turn for other connections. A client may take bytes as
 * fast as they are written, so room on the connection alone does not stop a writer. For the loop's thread.
 */
final class Burst {

    /** The bytes of one callback, the same as for files. Then the writer must stop; it continues in a later turn. */
    private static final long ROOM = 256 * 1024;

    /** A writer that exceeds this ignores the result of its writes. */
    private static final long BOUND = 16 * 1024 * 1024;

    /** The minimum weight of a write, even of an empty one. */
    private static final int LEAST = 64;

    private final StreamLoop loop;
    private long callback;
    private long spent;

    Burst(StreamLoop loop) {
        this.loop = loop;
    }

    /** The weight of a write of this many bytes. */
    static int weight(int count) {
        return Math.max(count, LEAST);
    }

    /**
     * Counts a write.
     *
     * @return whether this write uses up the room
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

    /** Whether its writer has written more than {@link #BOUND} although it was asked to stop. */
    boolean isBeyondBound() {
        return spent > BOUND;
    }

    /** Called in another turn: the writer may write again. */
    void renew() {
        spent = 0;
    }
}
