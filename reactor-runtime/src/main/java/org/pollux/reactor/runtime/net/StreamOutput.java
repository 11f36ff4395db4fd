package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.loop.Buffers;

/**
 * The outbound half of a connection: the bytes that are sent at once, those that wait, the watermarks, and the FIN. One class,
 * because posted, gathered, queued and kept bytes have one order and one sum.
 */
@SuppressWarnings("ReferenceEquality") // a stream is itself and no other
public final class StreamOutput {

    public static final int LOW = 16 * 1024;
    public static final int HIGH = 64 * 1024;

    /** If more than this is pending at a write, the writer ignores the result of {@code write}. */
    public static final long BOUND = 16 * 1024 * 1024;

    /** The memory that a write of another thread takes until it is on the loop, beside its bytes. */
    public static final int POSTED_COST = 160;

    /**
     * Maximum bytes that one connection may write in a turn of the loop. Beyond them {@code write} returns false although
     * there is room, and onDrained follows in a later turn. So a peer that reads as fast as its handler writes cannot keep
     * the loop from the others.
     */
    public static final long SHARE = 8 * 1024 * 1024;

    /** A handler that has written more in one turn does not listen. */
    static final long SHARE_BOUND = 8 * SHARE;

    /** The least share that a write uses, also an empty one. */
    private static final int LEAST = 64;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final AtomicLongFieldUpdater<StreamOutput> POSTED =
            AtomicLongFieldUpdater.newUpdater(StreamOutput.class, "posted");

    private final Stream stream;
    private final Buffers buffers;
    private volatile @Nullable SendQueue queue;
    private volatile int low = LOW;
    private volatile int high = HIGH;

    /** Bytes on their way from other threads to the loop. */
    private volatile long posted;

    /**
     * A writer was asked to stop until onDrained; set by any thread, reset by the loop. The loop never uses {@code |=},
     * which would lose a value that another thread sets between its read and its write.
     */
    private volatile boolean owesDrained;

    private volatile boolean finishing;
    private boolean finished;

    /** A write of another thread was refused. The stream has a gap there, and must not end as if it were whole. */
    private volatile boolean refused;

    /** Bytes that stages have taken and the system has not. */
    private volatile int kept;

    /** Bytes that were lost with the stream. */
    private volatile long unsent;

    /** How much was written on the loop in its present turn. */
    private long burst;

    private long turn;

    StreamOutput(Stream stream) {
        this.stream = stream;
        this.buffers = stream.loop.buffers();
    }

    void watermarks(int lowMark, int highMark) {
        low = lowMark;
        high = highMark;
    }

    /** Bytes taken and not yet handed to the system, as far as the calling thread can see. */
    long pending() {
        SendQueue waiting = queue;
        return posted
                + kept
                + (waiting == null ? 0 : waiting.size())
                + (isGathering() ? buffers.gathered.position() : 0);
    }

    /** Bytes that were pending when the connection was lost; 0 before. */
    long unsent() {
        return unsent;
    }

    /** As far as it takes memory. */
    private long held() {
        return pending() - inFiles();
    }

    private long inFiles() {
        SendQueue waiting = queue;
        return waiting == null ? 0 : waiting.inFiles();
    }

    /** Whether a part of a file waits. */
    boolean isSendingFile() {
        return inFiles() > 0;
    }

    /** Whether something must come before all else: the system takes bytes, or a connection with a gap is shed. */
    boolean isWaiting() {
        SendQueue waiting = queue;
        return kept > 0 || refused || (waiting != null && !waiting.isEmpty());
    }

    /** Whether stages have something that the system has not taken. */
    boolean isKept() {
        return kept > 0;
    }

    /** Whether bytes of another thread are on their way to the loop. */
    boolean isArriving() {
        return posted > 0;
    }

    /** Whether the FIN was sent. */
    boolean isFinished() {
        return finished;
    }

    /** No byte is taken any more; the FIN follows what waits. */
    void finish() {
        finishing = true;
    }

    /** Counts what is written on the loop; false when its handler must let the others have their turn. */
    boolean spend(long count) {
        long now = stream.loop.counters().turns();
        if (turn != now) {
            turn = now;
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

    /** Takes all of the data, on the loop; {@link #spend} counts it before. */
    boolean write(ByteBuffer data) throws IOException {
        if (buffers.gatherer == stream
                && data.remaining() <= buffers.gathered.remaining()
                && !isWaiting()
                && posted == 0
                && !finishing) {
            buffers.gathered.put(data); // a response inside a callback, with nothing before it: the usual case
            return isBelowHigh(buffers.gathered.position());
        }
        if (held() > BOUND) {
            cutOff();
        }
        if (finishing) {
            data.position(data.limit());
            return false;
        }
        take(data);
        stream.loop.memory().settle();
        return !finishing && isBelowHigh(pending());
    }

    /** Takes a part of a file, on the loop; whether it is sent already. {@link #spend} counts it before. */
    boolean transfer(FilePart part) throws IOException {
        if (finishing) {
            return false;
        }
        if (part.rest() == 0) {
            return true;
        }
        if (isGathering()) {
            flushGathered();
        }
        boolean first = !isWaiting() && !stream.isBeingEstablished();
        queue().append(part);
        if (first) {
            stream.touch(); // also when the system takes nothing yet
            flush();
        }
        boolean waits = isWaiting();
        if (waits) {
            owesDrained = true;
        }
        return !waits;
    }

    private boolean isBelowHigh(long pending) {
        boolean below = pending <= high;
        if (!below) {
            owesDrained = true;
        }
        return below;
    }

    private void take(ByteBuffer data) throws IOException {
        if (isWaiting() || stream.isBeingEstablished()) {
            queue().append(data);
        } else if (isGathering()) {
            gather(data);
        } else {
            send(NOTHING, data);
        }
    }

    private void cutOff() {
        if (!finishing) {
            stream.fail(new IllegalStateException(held() + " bytes wait to be sent, more than the limit of " + BOUND
                    + ": the handler must stop writing when write returns false, until onDrained"));
        }
    }

    /** Takes a copy of the data to the loop, from another thread. */
    boolean post(ByteBuffer data) {
        if (finishing) {
            data.position(data.limit());
            return false;
        }
        if (stream.loop.memory().budget().isExhausted()) {
            data.position(data.limit());
            refused = true;
            finishing = true; // what follows would have a gap before it
            stream.loop.post(this::shed);
            return false;
        }
        boolean beyond = held() > BOUND;
        ByteBuffer copy = beyond
                ? NOTHING
                : ByteBuffer.allocate(data.remaining()).put(data).flip();
        data.position(data.limit());
        POSTED.addAndGet(this, copy.limit());
        stream.charge(copy.limit() + POSTED_COST);
        boolean below = !beyond && pending() <= high;
        if (!below) {
            owesDrained = true; // before the task, which is the last to look
        }
        try {
            stream.loop.execute(() -> arriveInLoop(copy, beyond));
        } catch (RejectedExecutionException _) {
            stream.charge(-copy.limit() - POSTED_COST);
            return false; // the loop is closed, and the connection with it
        }
        return below;
    }

    /** A writer has lost what it wanted to write. */
    private void shed() {
        if (stream.state() != Stream.State.CLOSED) {
            stream.shed(stream.held());
        }
    }

    private void arriveInLoop(ByteBuffer copy, boolean beyond) {
        try {
            arrive(copy, beyond);
            stream.loop.memory().settle();
            stream.advance();
        } catch (Throwable fault) {
            stream.broken(fault);
        }
    }

    /** The copy is on the loop; its writer has its result already. */
    private void arrive(ByteBuffer copy, boolean beyond) throws IOException {
        POSTED.addAndGet(this, -copy.limit());
        stream.charge(-copy.limit() - POSTED_COST);
        if (beyond) {
            cutOff();
        } else if (!finishing) {
            take(copy);
        }
    }

    /** Sends what the callback that just ended has written. */
    void flushGathered() throws IOException {
        if (buffers.gathered.position() > 0) {
            send(buffers.gathered.flip(), NOTHING);
            buffers.gathered.clear();
        }
    }

    /** Sends what the system takes of what waits. */
    void flush() throws IOException {
        if (kept > 0) {
            flushKept();
        }
        SendQueue waiting = queue;
        if (kept == 0 && waiting != null && !waiting.isEmpty()) {
            Transport transport = stream.transport();
            long count = waiting.flush(transport);
            lookAtKept(transport);
            sent(count);
        }
    }

    /** Sends what stages have, and nothing else. */
    void flushKept() throws IOException {
        Transport transport = stream.transport();
        transport.flush();
        lookAtKept(transport);
    }

    /** Stages may have taken something, or handed something over. */
    void lookAtKept() {
        lookAtKept(stream.transport());
    }

    private void lookAtKept(Transport transport) {
        int before = kept;
        int now = transport.kept();
        if (now != before) {
            kept = now;
            stream.holding().addOutbound(now - before);
            if (now < before) {
                stream.sent();
            }
        }
    }

    /** Sends the FIN when it is its turn. */
    void advance() throws IOException {
        if (finishing && !finished && !isWaiting()) {
            Transport transport = stream.transport();
            finished = transport.finish();
            lookAtKept(transport);
        }
    }

    /** Whether the writer must be called now, because it can continue. */
    boolean takeDrained() {
        if (!owesDrained) {
            return false;
        }
        owesDrained = false; // before the look at what is pending: a writer that comes meanwhile sets it again
        boolean due = !finishing && pending() <= low && inFiles() == 0;
        if (!due) {
            owesDrained = true;
        }
        return due;
    }

    void clear() {
        unsent = Math.max(unsent, pending());
        finishing = true;
        kept = 0;
        if (queue != null) {
            queue.clear();
        }
    }

    private boolean isGathering() {
        return buffers.gatherer == stream && stream.loop.inLoop();
    }

    private void gather(ByteBuffer data) throws IOException {
        ByteBuffer gathered = buffers.gathered;
        if (data.remaining() <= gathered.remaining()) {
            gathered.put(data);
        } else {
            send(gathered.flip(), data);
            gathered.clear();
        }
    }

    /** Writes both with one system call, and queues what it leaves. */
    private void send(ByteBuffer first, ByteBuffer second) throws IOException {
        Transport transport = stream.transport();
        ByteBuffer[] vector = buffers.vector;
        vector[0] = first;
        vector[1] = second;
        try {
            long count = transport.write(
                    vector, first.hasRemaining() ? 0 : 1, first.hasRemaining() && second.hasRemaining() ? 2 : 1);
            lookAtKept(transport);
            sent(count);
        } finally {
            vector[1] = NOTHING; // no reference to a caller's buffer is kept
        }
        if (first.hasRemaining() || second.hasRemaining()) {
            SendQueue waiting = queue();
            waiting.append(first);
            waiting.append(second);
            stream.touch(); // the peer has had no time to take them
        }
    }

    private void sent(long count) {
        if (count > 0) {
            stream.sent(count);
            stream.loop.counters().written(count);
            stream.traffic.written(count);
        }
    }

    private SendQueue queue() {
        SendQueue waiting = queue;
        if (waiting == null) {
            waiting = new SendQueue(buffers, stream.holding());
            queue = waiting;
        }
        return waiting;
    }
}
