package org.pollux.echo;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Counts the datagrams that each source has sent without a pause, in a table of fixed size. A source that reaches the limit
 * is not admitted for a second, and then starts again at zero. This limits its rate, and it ends a loop whose round takes
 * less than a second: a single datagram circulates in such a loop, and it is dropped.
 *
 * <p>A source is not admitted when the table has no room for it, because all other sources at its place are busy. So an
 * attacker with many forged sources can cause datagrams of some clients to be dropped, but cannot make the table forget a
 * loop.
 *
 * <p>For one thread.
 */
final class DatagramSources {

    static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final int SETS = 256;
    private static final int WAYS = 4;

    /** A random seed, so that an attacker cannot aim at one set. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private final long[] sources = new long[SETS * WAYS];

    /** The time of the last admitted datagram; for a resting source, the time at which the rest began. */
    private final long[] times = new long[SETS * WAYS];

    /** Datagrams in a row; 0 marks a free place. */
    private final int[] counts = new int[SETS * WAYS];

    private final boolean[] resting = new boolean[SETS * WAYS];

    /** Counts a datagram. Returns whether it is admitted. */
    boolean admits(InetAddress from, long now, int most) {
        int place = place(key(from), now);
        if (place < 0) {
            return false;
        }
        if (now - times[place] >= PAUSE) {
            counts[place] = 0;
            resting[place] = false;
        } else if (resting[place]) {
            return false;
        }
        times[place] = now;
        resting[place] = counts[place] >= most;
        counts[place]++;
        return !resting[place];
    }

    /** The index of the source, or a free index for it; -1 when there is no room. */
    private int place(long key, long now) {
        int first = (int) (mix(key ^ seed) >>> 56) * WAYS;
        int free = -1;
        for (int i = first; i < first + WAYS; i++) {
            if (counts[i] > 0 && sources[i] == key) {
                return i;
            }
            if (counts[i] == 0 || now - times[i] >= PAUSE) {
                free = i;
            }
        }
        if (free >= 0) {
            sources[free] = key;
            counts[free] = 0;
            resting[free] = false;
        }
        return free;
    }

    /** For IPv6 only the network part, because a host chooses the rest of its address freely. */
    private static long key(InetAddress from) {
        ByteBuffer address = ByteBuffer.wrap(from.getAddress());
        return from instanceof Inet4Address
                ? 0xFFFF_0000_0000_0000L | (address.getInt() & 0xFFFF_FFFFL)
                : address.getLong();
    }

    /** The finalizer of MurmurHash3. */
    private static long mix(long key) {
        long mixed = (key ^ (key >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
