package org.pollux.http.server.h2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a connection that are not over, by their numbers, in a hash table with open addressing; and the numbers of
 * those that the server has reset, because frames for them may still be on their way.
 */
final class Streams {

    private static final int LEAST = 8;

    /** The numbers that are remembered. A client has about as many streams under way. */
    private static final int REMEMBERED = 256;

    private @Nullable Http2Stream[] slots = new Http2Stream[LEAST];
    private int count;
    private int[] reset = {};
    private int resets;

    /** The highest number of a reset stream that is no longer remembered. */
    private int forgotten;

    int count() {
        return count;
    }

    @Nullable
    Http2Stream find(int id) {
        return slots[slot(id)];
    }

    /** The slot of the stream, or the free one in which it would be. */
    private int slot(int id) {
        int mask = slots.length - 1;
        int slot = (id >>> 1) & mask;
        for (Http2Stream stream = slots[slot]; stream != null && stream.id() != id; stream = slots[slot]) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    void add(Http2Stream stream) {
        if (2 * (count + 1) > slots.length) {
            List<Http2Stream> all = all();
            slots = new Http2Stream[2 * slots.length];
            all.forEach(one -> slots[slot(one.id())] = one);
        }
        slots[slot(stream.id())] = stream;
        count++;
    }

    void remove(Http2Stream stream) {
        int free = slot(stream.id());
        if (slots[free] == null) {
            return;
        }
        slots[free] = null;
        count--;
        int mask = slots.length - 1;
        int next = (free + 1) & mask;
        for (Http2Stream after = slots[next]; after != null; after = slots[next]) {
            slots[next] = null; // it may belong in front of the free one
            slots[slot(after.id())] = after;
            next = (next + 1) & mask;
        }
    }

    /** All of them, as a copy. */
    List<Http2Stream> all() {
        List<Http2Stream> all = new ArrayList<>(count);
        for (Http2Stream stream : slots) {
            if (stream != null) {
                all.add(stream);
            }
        }
        return all;
    }

    /** The server has reset a stream that its client had not ended. */
    void wasReset(int id) {
        if (reset.length == 0) {
            reset = new int[REMEMBERED];
        }
        int slot = resets++ % REMEMBERED;
        forgotten = Math.max(forgotten, reset[slot]);
        reset[slot] = id;
    }

    /** Whether the server may have reset the stream. It is so for each old one when more were reset than it remembers. */
    boolean isReset(int id) {
        if (id <= forgotten) {
            return true;
        }
        for (int one : reset) {
            if (one == id) {
                return true;
            }
        }
        return false;
    }
}
