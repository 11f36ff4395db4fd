package org.pollux.reactor.spi;

import java.io.Closeable;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Interest;

/**
 * Reports to one event loop which of its sources are ready.
 *
 * <p>A poller is used by one thread at a time, that of its loop, and needs no lock; a thread may hand it over to
 * another. There is no {@code wakeup}: the runtime watches a pipe of its own like any other source. Errors are not an
 * event: they are reported as readiness, and the next read or write throws the precise exception. These rules continue
 * those of {@link Backend}; {@link Registration} continues them:
 *
 * <p><b>Adding</b>
 *
 * <ol>
 *   <li value="2"><b>P2 what can be watched.</b> Any selectable channel of the JDK's default provider: TCP and
 *       Unix-domain streams and listeners, UDP, pipes. A closed channel is refused with
 *       {@link java.nio.channels.ClosedChannelException}; a blocking one, and one that the poller cannot watch, with
 *       {@link IllegalArgumentException} and the reason. Nothing is registered then. An interest in a direction that
 *       the channel does not have is taken; what it reports then is spurious.
 *   <li value="3"><b>P3 one registration.</b> A channel that is registered here is refused with
 *       {@link IllegalStateException}, and its registration is not affected. Another poller may watch the channel at
 *       the same time: one backend follows another in this way.
 *   <li value="4"><b>P4 in the middle of a turn.</b> Sources are added, changed and removed inside
 *       {@link Source#onReady}, by the thousand. An added source takes part from the next poll at the latest.
 * </ol>
 *
 * <p><b>Readiness</b>
 *
 * <ol>
 *   <li value="5"><b>P5 level-triggered.</b> A source that is ready and not drained is reported again by every poll.
 *       Reporting a readiness that does not exist is legal; withholding one is not. When more sources are ready than
 *       the mechanism reports at once, the polls take them in turn.
 *   <li value="6"><b>P6 once.</b> A source is called at most once in a poll, with both directions in one call.
 *   <li value="7"><b>P7 only the interest.</b> A report is never {@link Interest#NONE} and never exceeds the interest
 *       at the moment of the call, even when another source's callback has changed it in the same turn.
 *   <li value="8"><b>P8 accept and connect.</b> A pending connection of a listener counts as {@link Interest#READ}, the
 *       end of a connect, good or bad, as {@link Interest#WRITE}.
 *   <li value="9"><b>P9 ends and errors are readiness.</b> A peer's end of stream, with and without data before it, is
 *       reported as {@link Interest#READ}; a reset or an error is reported in every direction of the interest.
 * </ol>
 *
 * <p><b>Waiting</b>
 *
 * <ol>
 *   <li value="10"><b>P10 timeouts.</b> Zero polls without waiting; a negative timeout waits without end; a positive
 *       one is rounded up to what the mechanism can measure, never down, and a huge one does not overflow.
 *   <li value="11"><b>P11 interruptions.</b> A system call that a signal interrupts is invisible: it continues with the
 *       time that is left. A thread's interrupt status makes a poll neither fail nor spin: it is cleared.
 *   <li value="12"><b>P12 exceptions of a source.</b> An exception of {@code onReady} passes out of {@code poll}. The
 *       poller stays usable, and the next poll reports the readiness that was not delivered.
 *   <li value="13"><b>P13 no re-entry.</b> {@code poll} inside {@code onReady} is refused with
 *       {@link IllegalStateException}; the outer one continues.
 * </ol>
 *
 * <p><b>The end</b>
 *
 * <ol>
 *   <li value="14"><b>P14 close.</b> Closing releases all resources of the system that the poller holds. It forgets its
 *       sources without touching their channels, which can be added to another poller at once. Its registrations count
 *       as removed. Closing twice is harmless; any other use afterwards is refused with {@link IllegalStateException}.
 *       The runtime never closes a poller inside {@code poll}, with one exception: a thread hangs in
 *       {@link Source#onReady}, and the loop continues with another thread and another poller. Then that other thread
 *       calls {@link #handOver} and {@code close}. If the callback returns later, it throws, and {@code poll} passes
 *       the exception on (P12) without touching the mechanism.
 * </ol>
 */
@ConsumerType
public interface Poller extends Closeable {

    /**
     * Watches a source's channel until its registration is removed.
     *
     * @throws java.nio.channels.ClosedChannelException when the channel is closed (P2)
     * @throws IllegalArgumentException when the channel cannot be watched, with the reason (P2)
     * @throws IllegalStateException when the channel is registered here already (P3), or the poller is closed (P14)
     * @throws IOException when the system refuses, for example because memory is short; nothing is registered
     */
    Registration add(Source source, Interest interest) throws IOException;

    /**
     * Waits until a source is ready or the time is over, and calls {@link Source#onReady} of all that are.
     *
     * @param timeoutNanos how long to wait at most, in nanoseconds; 0 not at all, negative without end (P10)
     * @return how often {@code onReady} was called; 0 only when the time was over
     * @throws IOException when the mechanism itself fails, or returns too early with nothing ready many times in a row;
     *     the runtime then opens another poller
     * @throws IllegalStateException inside {@code onReady} (P13), or when the poller is closed (P14)
     */
    int poll(long timeoutNanos) throws IOException;

    /**
     * Hands over the bytes of streams that this poller has received and that were not read, and those that it was given
     * and has not sent (P28). Called between two polls, also after one that failed, or in the case that P14 describes.
     * Afterwards only {@link Registration#remove} and {@link #close} are called. The default is for a poller that holds
     * no bytes.
     *
     * @throws IOException when bytes may be missing; the runtime then ends every stream of this poller with that as the cause
     */
    default void handOver(Handover to) throws IOException {}

    /** Releases all resources of the system and forgets the sources; their channels stay open (P14). */
    @Override
    void close() throws IOException;
}
