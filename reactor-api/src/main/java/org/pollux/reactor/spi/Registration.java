package org.pollux.reactor.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Interest;

/**
 * A source's place in one poller. It is the backend's own object (a selection key, a slot with its descriptor), so that
 * moving bytes needs no lookup. A swap of the backend replaces it with another one.
 *
 * <p>All methods are called on the poller's thread; {@link #read}, {@link #write} and {@link #transferFrom} not after
 * {@link #remove}. These are the only way in which the runtime moves a stream's bytes, so a backend that has a faster way
 * overrides them. The rules, continued from {@link Poller}:
 *
 * <ol>
 *   <li value="15"><b>P15 interest.</b> A change takes effect from the next poll, and at once for the readiness that
 *       the current poll has collected and not yet delivered (P7). {@link Interest#READ} and {@link Interest#WRITE}
 *       change independently. Setting the same interest again costs no system call.
 *   <li value="16"><b>P16 removal is at once.</b> After {@link #remove} the source is not called, also not for
 *       readiness that was already collected in the same turn. Removing twice is harmless. The same channel may be
 *       added again immediately, also inside a callback.
 *   <li value="17"><b>P17 descriptors are used again.</b> After {@code remove} the channel belongs to its owner, which
 *       may make it blocking, add it elsewhere or close it. By the end of the next poll at the latest the poller has
 *       released it: the descriptor of a closed channel is given back to the system, and the source can be collected as
 *       garbage. A number that the system uses again belongs only to the new source.
 *   <li value="18"><b>P18 a channel closed too early.</b> {@code remove} precedes the channel's close. When a user
 *       breaks this rule, there is no callback for it, no spin, and no exception out of {@code poll}; {@code remove}
 *       stays harmless, also when the descriptor's number belongs to another channel by then. {@link #read},
 *       {@link #write}, {@link #transferFrom} and a change of interest throw
 *       {@link java.nio.channels.ClosedChannelException}.
 *   <li value="19"><b>P19 reading.</b> {@link #read} behaves like the channel's own: it moves available bytes, at least
 *       one of them and at most the room in the buffer. It returns 0 when there is nothing or no room, and -1 at the end
 *       of the stream, only after all data. It throws the precise exception of a broken stream. Heap and direct buffers,
 *       any position and limit.
 *   <li value="20"><b>P20 writing.</b> {@link #write} takes bytes in order from the buffers of the range, moves their
 *       positions by the bytes taken, and returns their number. It touches no buffer outside the range. It may take less
 *       than everything, and nothing; the stream is ready to write when it takes bytes again.
 *   <li value="21"><b>P21 nothing is kept back.</b> Before {@code remove} or the poller's close returns, all bytes that
 *       the backend took from the kernel have been read from it, and all bytes that it was given have been sent:
 *       another poller continues with the next byte. For streams {@link Handover} has other rules, P23 to P29.
 *   <li value="22"><b>P22 files.</b> {@link #transferFrom} moves bytes of a file, from the position on, to the stream,
 *       after everything written before. It takes at most the count and returns the number of bytes taken; 0 when it takes
 *       none now, and when the file has none there. The stream is ready to write when it takes bytes again. The file's
 *       own position does not change.
 * </ol>
 */
@ConsumerType
public interface Registration {

    /** The source that was added. */
    Source source();

    /**
     * Changes the interest (P15).
     *
     * @throws java.nio.channels.ClosedChannelException when the channel was closed before its removal (P18)
     * @throws IOException when the system refuses; the interest is then unchanged
     * @throws IllegalStateException when it is removed
     */
    void interest(Interest interest) throws IOException;

    /** Stops watching, at once and for good (P16). */
    void remove() throws IOException;

    /**
     * Reads from the source's stream into a buffer (P19).
     *
     * @return bytes read, 0 when there are none now, -1 at the end of the stream
     */
    default int read(ByteBuffer target) throws IOException {
        return ((ReadableByteChannel) source().channel()).read(target);
    }

    /**
     * Writes to the source's stream from several buffers in one system call (P20).
     *
     * @param from index of the first buffer
     * @param count how many buffers
     * @return bytes taken
     */
    default long write(ByteBuffer[] data, int from, int count) throws IOException {
        GatheringByteChannel channel = (GatheringByteChannel) source().channel();
        return count == 1
                ? channel.write(data[from])
                : channel.write(data, from, count); // a write is cheaper than a writev
    }

    /**
     * Writes a part of a file to the source's stream, without passing its bytes through the JVM where the system can (P22).
     *
     * @param position in the file, of the first byte
     * @param count of bytes, at most
     * @return bytes taken
     */
    default long transferFrom(FileChannel file, long position, long count) throws IOException {
        return file.transferTo(position, count, (WritableByteChannel) source().channel());
    }

    /**
     * Ends the output of a socket: the FIN follows everything written, and only when {@link #hasUnsent} is false (P27).
     * Harmless when repeated.
     *
     * @throws IOException when the stream is broken
     */
    default void shutdownOutput() throws IOException {
        ((SocketChannel) source().channel()).shutdownOutput();
    }

    /**
     * Whether {@link #write} took bytes that the system has not taken yet (P26). A connection that ends in good order
     * waits until this is false: {@link Interest#WRITE} reports it.
     */
    default boolean hasUnsent() {
        return false;
    }
}
