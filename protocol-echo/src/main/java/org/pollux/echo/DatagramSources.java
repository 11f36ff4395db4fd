package org.pollux.echo;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How many datagrams each source has sent without a pause, in a table of fixed size. A source that reaches the limit is not
 * admitted for a second, and begins again then. That bounds its rate, and it ends a loop whose round takes less than a second:
 * one datagram goes round in it, and that one is dropped.
 *
 * <p>A source that finds no room, because all others that share its place in the table are busy, is not admitted. So an
 * attacker with many forged sources can have some clients dropped, but cannot make the table forget a loop.
 *
 * <p>For one thread.
 */
final class DatagramSources {

    static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final int SETS = 256;
    private static final int WAYS = 4;

    /** So that nobody can aim at one set. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private final long[] sources = new long[SETS * WAYS];

    /** When the last datagram was admitted; of a source that rests, when it began to. */
    private final long[] times = new long[SETS * WAYS];

    /** Datagrams in a row; 0 is a free place. */
    private final int[] counts = new int[SETS * WAYS];

    private final boolean[] resting = new boolean[SETS * WAYS];

    /** Notes a datagram, and whether it is to be taken. */
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

    /** Where the source is, or may be; -1 when there is no room. */
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

    /** Of IPv6 the network, within which a host chooses its address freely. */
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
