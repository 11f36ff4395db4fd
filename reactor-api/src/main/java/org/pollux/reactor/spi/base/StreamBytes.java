package org.pollux.reactor.spi.base;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Moves the bytes of sockets through their descriptors, and throws the same exceptions as their channels.
 *
 * <p>The system gets a direct buffer's memory as it is; the bytes of a heap buffer are copied through memory of the poller.
 * {@code SIGPIPE} does no harm, because the JVM ignores it.
 *
 * <p>For one poller, and the thread that has it; only where {@link JdkChannels#requireAccess} returns.
 */
public final class StreamBytes {

    private static final int SCRATCH = 64 * 1024;
    private static final int ENTRIES = 64;

    private final SocketCalls calls;

    /** {@code struct iovec}: an address and a length. */
    private final MemorySegment vector;

    private final ByteBuffer scratch;
    private final long scratchAddress;

    /** The sum of the lengths in the vector. */
    private long gathered;

    /** Takes its memory from the arena; of no use after that is closed. */
    public StreamBytes(Arena arena) {
        this.calls = new SocketCalls(arena);
        this.vector = arena.allocate(JAVA_LONG, 2 * ENTRIES);
        MemorySegment memory = arena.allocate(SCRATCH);
        this.scratch = memory.asByteBuffer();
        this.scratchAddress = memory.address();
    }

    /**
     * Reads once from an open channel's descriptor.
     *
     * @return bytes read, 0 when there are none now, -1 at the end of the stream
     */
    public int read(SocketChannel channel, int descriptor, ByteBuffer target) throws IOException {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("a read-only buffer cannot be read into");
        }
        int position = target.position();
        int room = target.remaining();
        if (room == 0) {
            return 0;
        }
        long address = address(target);
        int count;
        if (address != 0) {
            count = (int) calls.receive(descriptor, address, room);
        } else {
            count = (int) calls.receive(descriptor, scratchAddress, Math.min(room, SCRATCH));
            if (count > 0) {
                target.put(position, scratch, 0, count);
            }
        }
        if (count > 0) {
            target.position(position + count);
            return count;
        }
        return count == 0 ? -1 : readFailed(channel, -count, target);
    }

    private static int readFailed(SocketChannel channel, int errno, ByteBuffer target) throws IOException {
        if (errno == Errno.EAGAIN) {
            return 0;
        }
        if (errno == Errno.ENOTCONN) {
            return channel.read(target); // the channel throws the right exception
        }
        throw Errno.receiveFailure(errno);
    }

    /**
     * Writes to an open channel's descriptor until all is written or the system takes no more.
     *
     * @return bytes taken
     */
    public long write(SocketChannel channel, int descriptor, ByteBuffer[] data, int from, int count)
            throws IOException {
        long written = 0;
        while (true) {
            int entries = gather(data, from, from + count);
            if (entries == 0) {
                return written;
            }
            long taken = send(descriptor, entries);
            if (taken < 0) {
                return written + writeFailed(channel, (int) -taken, data, from, count);
            }
            advance(data, from, taken);
            written += taken;
            if (taken < gathered) {
                return written;
            }
        }
    }

    /**
     * Sends once from memory that the caller owns.
     *
     * @return bytes taken, 0 when the system takes none now
     */
    public int send(int descriptor, long address, int length) throws IOException {
        int taken = (int) calls.send(descriptor, address, length);
        if (taken >= 0) {
            return taken;
        }
        if (taken == -Errno.EAGAIN) {
            return 0;
        }
        throw Errno.sendFailure(-taken);
    }

    /** Fills the vector with as much as it and the scratch memory hold, and returns how many entries it has. */
    private int gather(ByteBuffer[] data, int from, int end) {
        int entries = 0;
        int copied = 0;
        gathered = 0;
        for (int i = from; i < end && entries < ENTRIES && copied < SCRATCH; i++) {
            ByteBuffer buffer = data[i];
            int length = buffer.remaining();
            if (length == 0) {
                continue;
            }
            long address = address(buffer);
            if (address == 0) {
                length = Math.min(length, SCRATCH - copied);
                scratch.put(copied, buffer, buffer.position(), length);
                address = scratchAddress + copied;
                copied += length;
            }
            vector.setAtIndex(JAVA_LONG, 2L * entries, address);
            vector.setAtIndex(JAVA_LONG, 2L * entries + 1, length);
            gathered += length;
            entries++;
        }
        return entries;
    }

    private long send(int descriptor, int entries) {
        return entries == 1
                ? calls.send(descriptor, vector.getAtIndex(JAVA_LONG, 0), gathered)
                : calls.writeVector(descriptor, vector.address(), entries);
    }

    private static void advance(ByteBuffer[] data, int from, long taken) {
        long left = taken;
        for (int i = from; left > 0; i++) {
            ByteBuffer buffer = data[i];
            int step = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + step);
            left -= step;
        }
    }

    private static long writeFailed(SocketChannel channel, int errno, ByteBuffer[] data, int from, int count)
            throws IOException {
        if (errno == Errno.EAGAIN) {
            return 0;
        }
        if (errno == Errno.EPIPE || errno == Errno.ENOTCONN) {
            return channel.write(data, from, count); // throws the exception that fits the end
        }
        throw Errno.sendFailure(errno);
    }

    /**
     * The address of the buffer's next byte; 0 when it must be copied, because it is on the heap or in memory that others
     * may free.
     */
    private static long address(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return 0;
        }
        try {
            return JdkChannels.address(buffer) + buffer.position();
        } catch (UnsupportedOperationException _) {
            return 0;
        }
    }
}
