package org.pollux.reactor.runtime.loop;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The timers of one loop: a binary heap, sorted by deadline and then by age. Every timer knows its index.
 *
 * <p>A timeout that activity extends does not move in the heap. Its owner records the time of the activity, and restarts the
 * timer for the remaining time when it expires too early. So each of a hundred thousand busy connections costs one heap
 * operation per timeout, and one store per read.
 */
public final class Timers {

    private final Activity activity;
    private Timer[] heap = new Timer[16];
    private int size;
    private long sequence;

    Timers() {
        this(new Activity(new WorkTime(() -> 0)));
    }

    Timers(Activity activity) {
        this.activity = activity;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** Nanoseconds until the first timer is due, 0 when it is due now, -1 when there is none. */
    long untilNext(long now) {
        return size == 0 ? -1 : Math.max(0, heap[0].deadline - now);
    }

    /** Starts a timer, or moves a waiting one. */
    public void start(Timer timer, long deadline) {
        cancel(timer);
        timer.deadline = deadline;
        timer.sequence = sequence++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        size++;
        rise(size - 1, timer);
    }

    public void cancel(Timer timer) {
        int index = timer.index;
        if (index < 0) {
            return;
        }
        timer.index = -1;
        size--;
        Timer last = heap[size];
        clear(size);
        if (index < size) {
            rise(index, last);
            if (last.index == index) {
                sink(index, last);
            }
        }
    }

    /** The loop is closed: notifies every timer. */
    void drop() {
        while (size > 0) {
            Timer last = heap[size - 1];
            cancel(last);
            last.drop();
        }
    }

    /**
     * Expires the due timers in order, until asked to stop. Timers that are started meanwhile wait for the next call.
     */
    void expire(long now, BooleanSupplier stopped) {
        long fence = sequence;
        while (size > 0 && !stopped.getAsBoolean()) {
            Timer first = heap[0];
            if (first.deadline - now > 0 || first.sequence - fence >= 0) {
                return;
            }
            cancel(first);
            activity.begin(first);
            first.expire(now);
            activity.end();
        }
    }

    private void rise(int from, Timer timer) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (!timer.before(heap[parent])) {
                break;
            }
            put(index, heap[parent]);
            index = parent;
        }
        put(index, timer);
    }

    private void sink(int from, Timer timer) {
        int index = from;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && heap[child + 1].before(heap[child])) {
                child++;
            }
            if (!heap[child].before(timer)) {
                break;
            }
            put(index, heap[child]);
            index = child;
        }
        put(index, timer);
    }

    private void put(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    @SuppressWarnings("NullAway") // the array's unused end
    private void clear(int index) {
        heap[index] = null;
    }
}
