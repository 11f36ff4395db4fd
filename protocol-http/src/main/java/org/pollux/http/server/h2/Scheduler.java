package org.pollux.http.server.h2;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the streams that wait sends its next frame (RFC 9218, section 10). More urgent ones come first. Of the same
 * urgency, those that are of use in pieces take turns, one frame each; of those that are not, the oldest takes part in these
 * turns, and the others wait for its end. So a hundred downloads of one connection advance together, and a stream that
 * cannot send, because its client has closed its window, delays no other.
 */
final class Scheduler {

    /** The bytes that are sent in a row. Then other connections have a turn. */
    private static final long BURST = 256 * 1024;

    /** The streams of one urgency that can send. */
    private static final class Level {

        private final Deque<StreamOutput> turns = new ArrayDeque<>();
        private final Queue<StreamOutput> inOrder = new PriorityQueue<>(Comparator.comparingInt(StreamOutput::stream));
        private boolean orderedIsNext = true;

        private void add(StreamOutput stream) {
            if (stream.priority().incremental()) {
                turns.addLast(stream);
            } else {
                inOrder.add(stream);
            }
        }

        private boolean remove(StreamOutput stream) {
            return turns.remove(stream) || inOrder.remove(stream);
        }

        /** Takes out the next one; null when there is none. */
        private @Nullable StreamOutput next() {
            boolean ordered = turns.isEmpty() || (orderedIsNext && !inOrder.isEmpty());
            orderedIsNext = !ordered;
            return ordered ? inOrder.poll() : turns.poll();
        }
    }

    private final FrameOutput output;
    private final Runnable later;
    private final @Nullable Level[] levels = new Level[Priority.LEVELS];
    private int count;
    private boolean runs;

    /** Whether a burst was sent, and the rest waits for a later turn of the loop, whatever else asks for {@link #run}. */
    private boolean rests;

    /**
     * Makes a scheduler without streams.
     *
     * @param later lets {@link #resume} be called in a later turn of the loop
     */
    Scheduler(FrameOutput output, Runnable later) {
        this.output = output;
        this.later = later;
    }

    boolean isEmpty() {
        return count == 0 && !runs;
    }

    /** A stream can send. It keeps its place when it has one. */
    void add(StreamOutput stream) {
        if (!stream.scheduled) {
            stream.scheduled = true;
            count++;
            level(stream).add(stream);
        }
    }

    private Level level(StreamOutput stream) {
        int urgency = stream.priority().urgency();
        Level level = levels[urgency];
        if (level == null) {
            level = new Level();
            levels[urgency] = level;
        }
        return level;
    }

    /** A stream has nothing to send, or its priority changes. Returns whether it could send. */
    boolean remove(StreamOutput stream) {
        if (!stream.scheduled) {
            return false;
        }
        stream.scheduled = false;
        count--;
        return level(stream).remove(stream);
    }

    private @Nullable StreamOutput next() {
        for (Level level : levels) {
            StreamOutput next = level == null ? null : level.next();
            if (next != null) {
                next.scheduled = false;
                count--;
                return next;
            }
        }
        return null;
    }

    /** The later turn has come. */
    void resume() {
        rests = false;
        run();
    }

    /** Sends as long as the connection has room, up to a burst in a turn. */
    void run() {
        if (runs || rests) {
            return;
        }
        runs = true;
        try {
            long sent = 0;
            while (count > 0 && !output.isFull() && output.window() > 0) {
                if (sent >= BURST) {
                    rests = true;
                    later.run();
                    return;
                }
                sent += send();
            }
        } finally {
            runs = false;
        }
    }

    private int send() {
        StreamOutput stream = next();
        if (stream == null) {
            return 0;
        }
        int length = stream.sendFrame();
        if (stream.maySend()) {
            add(stream);
        }
        stream.tellDrained();
        return length;
    }
}
