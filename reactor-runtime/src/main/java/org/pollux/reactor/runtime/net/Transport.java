package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.reactor.Interest;

/**
 * The way of a stream's bytes. All bytes of a connection pass here, and its FIN.
 *
 * <pre>
 *   StreamInput   StreamOutput
 *          │         │
 *          Stages              all stages as one; only when there are some
 *          │
 *          Stage               decrypts, for instance
 *          │
 *          SocketTransport     the lowest one, and the connection itself: asks the registration of the moment
 * </pre>
 *
 * <p>Only the lowest transport knows a registration, so a swap of the backend touches no stage. For the loop's thread.
 */
public interface Transport {

    /**
     * Reads what there is, up to the room in the buffer.
     *
     * @return bytes read; 0 when there are none now, which a stage may say although some came; -1 at the end of the stream
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes from several buffers, in order, and moves their positions by what it took.
     *
     * @return bytes taken, in the form in which they were given; those that the system did not take are {@link #kept}
     */
    long write(ByteBuffer[] data, int from, int count) throws IOException;

    /**
     * Writes a part of a file.
     *
     * @return bytes taken; 0 also when the file has none at this position
     */
    long transferFrom(FileChannel file, long position, long count) throws IOException;

    /** Hands to the system what is kept; called when that takes bytes again. */
    void flush() throws IOException;

    /**
     * How many bytes stages have taken and not yet handed to the system, in the form in which they go out. They count as pending,
     * and nothing is written while there are some: a stage that keeps 64 KiB at most leaves the watermarks as they are.
     */
    int kept();

    /**
     * Sends the end of the stream. Called when nothing waits and nothing is kept.
     *
     * @return false to be called again when the system takes bytes; until then something is kept
     */
    boolean finish() throws IOException;

    /** The interest of the socket when the connection asks for this; a stage may want more, or less. */
    Interest wants(Interest asked);

    /**
     * Whether there is something to read, or the handshake continues, although the socket has nothing. The connection
     * then calls again in a later task, so that others have their turn.
     */
    boolean hasMore();

    /**
     * Goes on with the handshake as far as it can. Until it is done, nothing is read or written but by this and {@link #flush}.
     *
     * <p>A handshake fails by itself when it is not done at the end of the stream and {@link #wants} to read still. A stage that
     * waits for something else meanwhile, such as a task on another thread, does not want to read.
     *
     * @return whether it is done: bytes may pass
     * @throws IOException when it has failed; what the stage has written before, an alert for instance, is sent
     */
    boolean handshake() throws IOException;

    /** Gives back what is the stage's own, such as native memory. Called once, always last. */
    void free();
}
