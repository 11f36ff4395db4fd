package org.pollux.reactor.uring;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.pollux.reactor.spi.base.Errno;

/**
 * The two queues that a process shares with the kernel: entries go in, completions come out, and one system call serves both.
 *
 * <p>It is made disabled, and {@link #enable} gives it to the calling thread for good: then the kernel needs no lock and no
 * interruption, and it completes operations only inside {@link #enter} (DEFER_TASKRUN). Between two calls nothing is received.
 */
final class Ring implements Closeable {

    private static final int ENTRIES = 1_024;
    private static final int COMPLETIONS = 8_192;

    /** Linux 6.1 has all of them. */
    private static final int SETUP = Flags.SETUP_R_DISABLED
            | Flags.SETUP_SINGLE_ISSUER
            | Flags.SETUP_DEFER_TASKRUN
            | Flags.SETUP_SUBMIT_ALL
            | Flags.SETUP_CQSIZE
            | Flags.SETUP_CLAMP;

    private static final long SQE_OFFSET = 0x1000_0000L;
    private static final int SQE_SIZE = 64;
    private static final int CQE_SIZE = 16;
    private static final int PARAMETERS_SIZE = 120;

    /** {@code struct io_uring_getevents_arg}, and behind it the {@code struct __kernel_timespec} to which it points. */
    private static final int WAIT_SIZE = 24;

    private static final int TIME_SIZE = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** So often the kernel may leave entries, for a moment without memory, before the ring counts as broken. */
    private static final int PATIENCE = 1_000;

    private final Kernel kernel;
    private final int descriptor;
    private final int features;
    private final int enterFlags;

    private final long queues;
    private final long queuesLength;
    private final long entries;
    private final long entriesLength;

    private final long submissionHead;
    private final long submissionTail;
    private final long submissionFlags;
    private final int submissions;
    private int tail;

    private final long completionHead;
    private final long completionTail;
    private final long completionEntries;
    private final int completionMask;

    private final long wait;

    /**
     * Makes a ring that is not enabled.
     *
     * @param arena gives memory that lives longer than the ring
     * @throws IOException when the kernel refuses; it says what helps
     */
    Ring(Kernel kernel, Arena arena) throws IOException {
        this.kernel = kernel;
        long parameters = arena.allocate(PARAMETERS_SIZE, Long.BYTES).address();
        boolean plain = true;
        int made = setup(kernel, parameters, SETUP | Flags.SETUP_NO_SQARRAY);
        if (made == -Refusal.EINVAL) { // before Linux 6.6
            plain = false;
            made = setup(kernel, parameters, SETUP);
        }
        descriptor = Refusal.require("io_uring_setup", made);
        submissions = Memory.readInt(parameters);
        int completions = Memory.readInt(parameters + 4);
        features = Memory.readInt(parameters + 20);
        enterFlags = has(Flags.FEATURE_NO_IOWAIT) ? Flags.ENTER_NO_IOWAIT : 0;
        long sq = parameters + 40; // struct io_sqring_offsets
        long cq = parameters + 80; // struct io_cqring_offsets
        long array = Integer.toUnsignedLong(Memory.readInt(sq + 24));
        long cqes = Integer.toUnsignedLong(Memory.readInt(cq + 20));
        queuesLength = Math.max(plain ? 0 : array + 4L * submissions, cqes + (long) CQE_SIZE * completions);
        entriesLength = (long) SQE_SIZE * submissions;
        long mapped = kernel.map(descriptor, queuesLength, 0);
        long mappedEntries = mapped < 0 ? mapped : kernel.map(descriptor, entriesLength, SQE_OFFSET);
        queues = mapped;
        entries = mappedEntries;
        if (mappedEntries < 0) {
            close();
            Refusal.require("mmap of a ring", (int) mappedEntries);
        }
        submissionHead = queues + Memory.readInt(sq);
        submissionTail = queues + Memory.readInt(sq + 4);
        submissionFlags = queues + Memory.readInt(sq + 16);
        completionHead = queues + Memory.readInt(cq);
        completionTail = queues + Memory.readInt(cq + 4);
        completionEntries = queues + cqes;
        completionMask = completions - 1;
        for (int i = 0; !plain && i < submissions; i++) {
            Memory.write(queues + array + 4L * i, i);
        }
        wait = arena.allocate(WAIT_SIZE + TIME_SIZE, Long.BYTES).address();
        Memory.write(wait + 16, wait + WAIT_SIZE);
    }

    private static int setup(Kernel kernel, long parameters, int flags) {
        Memory.clear(parameters, PARAMETERS_SIZE);
        Memory.write(parameters + 4, COMPLETIONS);
        Memory.write(parameters + 8, flags);
        return kernel.setup(ENTRIES, parameters);
    }

    private boolean has(int feature) {
        return (features & feature) != 0;
    }

    /**
     * Whether the kernel may complete a receive while the ring is closed, so that bytes are lost: before Linux 6.15, which is known by
     * another feature that it brought.
     */
    boolean receivesWhileItCloses() {
        return !has(Flags.FEATURE_NO_IOWAIT);
    }

    /** Gives the ring to the calling thread. No other one may enter it, and all of them may close it. */
    void enable() throws IOException {
        Refusal.require("io_uring_register", kernel.register(descriptor, Flags.REGISTER_ENABLE_RINGS, 0, 0));
    }

    /** Registers something, before or after it is enabled. */
    void register(int operation, long argument, int count) throws IOException {
        Refusal.require("io_uring_register", kernel.register(descriptor, operation, argument, count));
    }

    // ---- entries

    /** Tells once when one of these events is there. */
    void poll(int file, int events, long id) throws IOException {
        put(Flags.OP_POLL_ADD, 0, file, 0, 0, events, id);
    }

    /** Receives once into a buffer of the group 0. */
    void receiveOnce(int socket, long id) throws IOException {
        receive(socket, 0, id);
    }

    /** Receives again and again into buffers of the group 0, until it fails, the stream ends, or it is cancelled. */
    void receive(int socket, long id) throws IOException {
        receive(socket, Flags.RECV_MULTISHOT, id);
    }

    private void receive(int socket, int flags, long id) throws IOException {
        put(Flags.OP_RECV | Flags.SQE_BUFFER_SELECT << 8, flags, socket, 0, 0, 0, id);
    }

    /**
     * Sends, and completes only when not all was sent. The kernel tries once while it takes the entry, so nothing is under way
     * afterwards, and the memory is free.
     */
    void send(int socket, long address, int length, long id) throws IOException {
        int flags = Flags.MSG_DONTWAIT | Flags.MSG_WAITALL | Flags.MSG_NOSIGNAL;
        put(Flags.OP_SEND | Flags.SQE_CQE_SKIP_SUCCESS << 8, 0, socket, address, length, flags, id);
    }

    /** Ends a poll or a receive, which completes then; this itself completes only when there is none. */
    void cancel(long cancelled, long id) throws IOException {
        put(Flags.OP_ASYNC_CANCEL | Flags.SQE_CQE_SKIP_SUCCESS << 8, 0, -1, cancelled, 0, 0, id);
    }

    /** Fills a {@code struct io_uring_sqe}; all the rest of it is 0. */
    private void put(int operation, int priority, int file, long address, int length, int flags, long id)
            throws IOException {
        if (unsubmitted() == submissions) {
            submit();
        }
        long entry = entries + (long) SQE_SIZE * (tail & submissions - 1);
        Memory.write(entry, operation | priority << 16 | (long) file << 32);
        Memory.write(entry + 8, 0L);
        Memory.write(entry + 16, address);
        Memory.write(entry + 24, length | (long) flags << 32);
        Memory.write(entry + 32, id);
        Memory.write(entry + 40, 0L);
        Memory.write(entry + 48, 0L);
        Memory.write(entry + 56, 0L);
        tail++;
    }

    private int unsubmitted() {
        return tail - Memory.acquireInt(submissionHead);
    }

    /** Has the kernel take all entries, and complete nothing that is not complete at once. */
    void submit() throws IOException {
        takeAll(0);
    }

    // ---- waiting

    /**
     * Has the kernel take all entries, and waits until so many operations are complete.
     *
     * @param timeoutNanos 0 completes what can be and does not wait, negative waits without end
     */
    void enter(int atLeast, long timeoutNanos) throws IOException {
        boolean timed = timeoutNanos > 0;
        if (timed) {
            Memory.write(wait + WAIT_SIZE, timeoutNanos / NANOS_PER_SECOND);
            Memory.write(wait + WAIT_SIZE + 8, timeoutNanos % NANOS_PER_SECOND);
        }
        enter(
                timeoutNanos == 0 ? 0 : atLeast,
                Flags.ENTER_GETEVENTS | enterFlags | (timed ? Flags.ENTER_EXT_ARG : 0),
                timed ? wait : 0);
        if (unsubmitted() > 0) {
            takeAll(Flags.ENTER_GETEVENTS);
        }
    }

    private void takeAll(int flags) throws IOException {
        for (int i = 0; unsubmitted() > 0; i++) {
            if (i == PATIENCE) {
                throw new IOException("io_uring_enter leaves " + unsubmitted() + " entries: the kernel has no memory");
            }
            enter(0, flags, 0);
        }
    }

    private void enter(int atLeast, int flags, long argument) throws IOException {
        Memory.releaseInt(submissionTail, tail);
        int result = kernel.enter(descriptor, unsubmitted(), atLeast, flags, argument, argument == 0 ? 0 : WAIT_SIZE);
        if (result < 0 && !isHarmless(-result)) {
            Refusal.require("io_uring_enter", result);
        }
    }

    /** The time is over, a signal came, or the kernel has no room for a moment. */
    private static boolean isHarmless(int errno) {
        return errno == Refusal.ETIME || errno == Errno.EINTR || errno == Errno.EAGAIN || errno == Refusal.EBUSY;
    }

    // ---- completions

    /** Index of the first completion that was not taken. */
    int firstCompletion() {
        return Memory.readInt(completionHead);
    }

    /** Index behind the last completion. */
    int endOfCompletions() {
        return Memory.acquireInt(completionTail);
    }

    /** Address of a {@code struct io_uring_cqe}. */
    long completion(int index) {
        return completionEntries + (long) CQE_SIZE * (index & completionMask);
    }

    /** Leaves the memory of all completions before this index to the kernel. */
    void takeCompletions(int end) {
        Memory.releaseInt(completionHead, end);
    }

    /** Whether the kernel holds completions back because the queue was full; {@link #enter} brings them. */
    boolean holdsCompletions() {
        return (Memory.readInt(submissionFlags) & Flags.SQ_CQ_OVERFLOW) != 0;
    }

    /** Ends everything that is under way, soon; from any thread. */
    @Override
    public void close() {
        if (entries > 0) {
            kernel.unmap(entries, entriesLength);
        }
        if (queues > 0) {
            kernel.unmap(queues, queuesLength);
        }
        kernel.close(descriptor);
    }
}
