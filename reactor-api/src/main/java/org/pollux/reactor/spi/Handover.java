package org.pollux.reactor.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes from a poller the bytes that it holds of its streams, when another poller follows it ({@link Poller#handOver}).
 *
 * <p>A mechanism that reports readiness holds no bytes: they are in the kernel. A mechanism that completes operations
 * (io_uring) is faster when it receives before it is asked, and sends the writes of several callbacks with one system
 * call. For a {@linkplain Source#isStream stream} it may do both, and the following rules say how. They replace P21;
 * all other rules hold unchanged. A poller that does neither keeps the rules by the default methods. These rules
 * continue those of {@link Registration}:
 *
 * <ol>
 *   <li value="23"><b>P23 one poller at a time.</b> Several pollers may have a registration of a stream, but the
 *       runtime polls only one of them. It polls the next one when the previous one has handed over. For all other
 *       sources P3 allows more.
 *   <li value="24"><b>P24 nothing before the first poll.</b> A poller takes no byte from a stream before its first
 *       {@link Poller#poll}. So it can be given all streams while another one still polls, and be discarded again.
 *   <li value="25"><b>P25 receiving ahead.</b> A poll may take bytes from a stream before they are read, with and
 *       without {@link org.pollux.reactor.Interest#READ}, up to a limit of the poller's own: beyond it they stay in the
 *       kernel, and the peer is held back. Bytes that were taken count as readiness until they are read (P5).
 *       {@link Registration#read} returns them in order, before the bytes in the kernel; the end of the stream and a
 *       failure come after them (P19).
 *   <li value="26"><b>P26 sending later.</b> {@link Registration#write} may copy bytes and leave them to be sent; the
 *       buffers belong to their owner when it returns. {@code poll} sends them before it waits, and
 *       {@link Registration#remove}, {@link Registration#transferFrom}, {@link Registration#shutdownOutput} and
 *       {@link Poller#handOver} send them first, as many as the system takes then. {@link Registration#hasUnsent} says
 *       whether some are left. Their stream is ready to write when there are none. The next read or write throws a
 *       failure. Bytes that {@code remove} cannot send are lost. A loop that stops makes one more {@code poll(0)}.
 *   <li value="27"><b>P27 the end of the output.</b> {@link Registration#shutdownOutput} sends all written bytes, and
 *       then the FIN. It does not wait: when the system does not take all bytes, it sends no FIN, and the runtime calls
 *       it again when {@code hasUnsent} is false. Nothing is written meanwhile.
 *   <li value="28"><b>P28 handing over.</b> Only {@code handOver} passes bytes from one registration to the next. It
 *       gives everything that was received and not read, and everything that was written and not sent: each byte once,
 *       in the order of the stream, in any number of pieces. The registrations of other pollers then continue after
 *       these bytes. It gives nothing of a source that was removed or whose channel is closed, and takes nothing from a
 *       stream afterwards.
 *   <li value="29"><b>P29 failures are reported once.</b> The system reports a broken stream once, and the next receive
 *       looks like an end in good order. So a failure that the system has reported to the poller, and that no read or
 *       write has thrown yet, is handed over with {@link #failed}, after the bytes that came before it.
 * </ol>
 *
 * <p>Its methods are called inside {@code handOver}, on the same thread, and throw nothing. They call no handler.
 */
@ProviderType
public interface Handover {

    /**
     * Bytes that came from the peer and were not read.
     *
     * @param bytes belong to the poller, which may use their memory again when the call returns
     */
    void received(Source source, ByteBuffer bytes);

    /**
     * Bytes that {@link Registration#write} took and the system did not. They are sent before the writes of the next
     * registration.
     *
     * @param bytes belong to the poller, which may use their memory again when the call returns
     */
    void unsent(Source source, ByteBuffer bytes);

    /** The stream is broken, and the system has reported this to the poller only (P29). */
    void failed(Source source, IOException cause);
}
