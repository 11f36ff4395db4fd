package org.pollux.reactor.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** The outbound half of a hand-made connection: sent bytes, waiting bytes, the watermarks, and the FIN. */
final class HandOutput {

    /** Maximum bytes of a callback's writes that wait for its end; the rest is sent earlier. */
    private static final int GATHERED = 64 * 1024;

    /** A write fails when more than this many bytes wait. */
    private static final long BOUND = 16 * 1024 * 1024;

    /** Maximum bytes that one turn may write; beyond them {@code write} returns false although there is room. */
    private static final long SHARE = 8 * 1024 * 1024;

    /** A write fails when the turn has written more than this many bytes. */
    private static final long SHARE_BOUND = 8 * SHARE;

    /** The least share that a write uses, also an empty one. */
    private static final int LEAST = 64;

    /** The parts that wait to be sent. */
    private final ArrayDeque<Part> waiting = new ArrayDeque<>();

    /** Waiting bytes, including those on their way from other threads; without those of files. */
    private final AtomicLong held = new AtomicLong();

    private final HandStream connection;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** The number of bytes that the system takes before it is full. */
    private long room = Long.MAX_VALUE;

    private volatile int low = 16 * 1024;
    private volatile int high = 64 * 1024;
    private final AtomicLong inFiles = new AtomicLong();
    private volatile long unsent;

    /** Set by any thread, cleared by the reactor's thread; never with {@code |=}, which would write back an old value. */
    private volatile boolean owesDrained;

    private volatile boolean finishing;
    private boolean finished;
    private long turn;
    private long burst;
    private int sends;

    HandOutput(HandStream connection) {
        this.connection = connection;
    }

    // ---- the peer's side

    void room(long bytes) {
        room = bytes;
    }

    byte[] sent() {
        return sent.toByteArray();
    }

    int sends() {
        return sends;
    }

    byte[] takeSent() {
        byte[] bytes = sent.toByteArray();
        sent.reset();
        return bytes;
    }

    // ---- the handler's side

    void watermarks(int lowMark, int highMark) {
        low = lowMark;
        high = highMark;
    }

    long pending() {
        return held.get() + inFiles.get();
    }

    long unsent() {
        return unsent;
    }

    /** On the reactor's thread. */
    boolean write(ByteBuffer data) {
        boolean share = spend(data.remaining());
        if (held.get() > BOUND) {
            cutOff();
        }
        byte[] bytes = taken(data);
        if (finishing) {
            return false;
        }
        held.addAndGet(bytes.length);
        take(bytes);
        return !finishing && isBelowHigh() && share;
    }

    /** From another thread. */
    boolean post(ByteBuffer data) {
        byte[] bytes = taken(data);
        if (finishing) {
            return false;
        }
        boolean beyond = held.get() > BOUND;
        held.addAndGet(beyond ? 0 : bytes.length);
        boolean below = isBelowHigh() && !beyond;
        try {
            connection.reactor().execute(() -> {
                if (beyond) {
                    cutOff();
                } else if (!finishing) {
                    take(bytes);
                    connection.advance();
                }
            });
        } catch (RejectedExecutionException _) {
            return false; // the reactor and its connection are closed
        }
        return below;
    }

    boolean transfer(FileChannel file, long from, long count) {
        if (from < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "A part of a file begins and ends in it, but this has " + count + " bytes from " + from);
        }
        boolean share = spend(count);
        if (finishing) {
            return false;
        }
        if (count == 0) {
            return true;
        }
        waiting.add(new FilePart(file, from, count));
        inFiles.addAndGet(count);
        flush();
        if (!waiting.isEmpty()) {
            owesDrained = true;
        }
        return !finishing && waiting.isEmpty() && share;
    }

    private boolean spend(long count) {
        if (turn != connection.reactor().turns()) {
            turn = connection.reactor().turns();
            burst = 0;
        }
        if (burst > SHARE_BOUND) {
            throw new IllegalStateException(
                    "The handler has written " + burst + " bytes in one turn of the loop, though"
                            + " write returned false: it must stop writing then, until onDrained");
        }
        burst += Math.max(count, LEAST);
        boolean share = burst <= SHARE;
        if (!share) {
            owesDrained = true;
        }
        return share;
    }

    private void take(byte[] bytes) {
        waiting.add(new Bytes(ByteBuffer.wrap(bytes)));
        if (!connection.isInCallback() || held.get() > GATHERED) {
            flush();
        }
    }

    private static byte[] taken(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    private boolean isBelowHigh() {
        boolean below = pending() <= high;
        if (!below) {
            owesDrained = true;
        }
        return below;
    }

    private void cutOff() {
        connection.fail(new IllegalStateException(held.get() + " bytes wait to be sent, more than the limit of " + BOUND
                + ": the handler must stop writing when write returns false, until onDrained"));
    }

    /** Gives the system as many bytes as it takes. */
    void flush() {
        sends += connection.isConnected() && room > 0 && !waiting.isEmpty() ? 1 : 0;
        while (connection.isConnected() && room > 0 && !waiting.isEmpty()) {
            Part part = waiting.getFirst();
            try {
                long count = part.moveTo(sent, room);
                room -= room == Long.MAX_VALUE ? 0 : count;
                if (part instanceof FilePart) {
                    inFiles.addAndGet(-count);
                } else {
                    held.addAndGet(-count);
                }
            } catch (IOException e) {
                connection.end(e);
                return;
            } catch (RuntimeException fault) {
                connection.fail(fault);
                return;
            }
            if (part.rest() == 0) {
                waiting.removeFirst();
            }
            connection.moved();
        }
    }

    void finish() {
        finishing = true;
    }

    /** Sends the FIN when all bytes before it are sent. */
    void advance() {
        finished |= finishing && waiting.isEmpty();
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Whether the FIN was sent. */
    boolean isFinished() {
        return finished;
    }

    boolean takeDrained() {
        if (!owesDrained) {
            return false;
        }
        owesDrained = false; // before the look at what is pending: a writer that comes meanwhile sets it again
        boolean due = !finishing && pending() <= low && inFiles.get() == 0;
        if (!due) {
            owesDrained = true;
        }
        return due;
    }

    void clear() {
        unsent = pending();
        finishing = true;
        waiting.clear();
        held.set(0);
        inFiles.set(0);
    }

    private interface Part {

        /** Moves as many bytes as fit, and returns their number. */
        long moveTo(ByteArrayOutputStream sent, long room) throws IOException;

        long rest();
    }

    private record Bytes(ByteBuffer left) implements Part {
        @Override
        public long moveTo(ByteArrayOutputStream sent, long room) {
            byte[] bytes = new byte[(int) Math.min(room, left.remaining())];
            left.get(bytes);
            sent.writeBytes(bytes);
            return bytes.length;
        }

        @Override
        public long rest() {
            return left.remaining();
        }
    }

    private static final class FilePart implements Part {

        private final FileChannel file;
        private long index;
        private long rest;

        FilePart(FileChannel file, long from, long count) {
            this.file = file;
            this.index = from;
            this.rest = count;
        }

        @Override
        public long moveTo(ByteArrayOutputStream sent, long room) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(Math.min(room, rest), GATHERED));
            int count = file.read(bytes, index);
            if (count <= 0) {
                throw new IllegalStateException("A file ends at " + file.size() + ", before the last " + rest
                        + " bytes that were to be sent of it: it was changed meanwhile");
            }
            sent.write(bytes.array(), 0, count);
            index += count;
            rest -= count;
            return count;
        }

        @Override
        public long rest() {
            return rest;
        }
    }
}
