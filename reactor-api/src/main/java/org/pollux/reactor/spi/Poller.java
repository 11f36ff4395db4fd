package org.pollux.reactor.spi;

import java.io.Closeable;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Interest;

/**
 * Tells one event loop which of its sources are ready.
 *
 * <p>A poller is used by one thread at a time, that of its loop, and needs no lock; a thread may hand it over to
 * another. There is no {@code wakeup}: the runtime watches a pipe of its own like any other source. Errors are not an
 * event: they show as readiness, and the next read or write throws the precise exception. The rules, continued from
 * {@link Backend} and going on in {@link Registration}:
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
 *       {@link IllegalStateException}, and its registration goes on undisturbed. Another poller may watch the channel
 *       at the same time: that is how one backend follows another.
 *   <li value="4"><b>P4 in the middle of a turn.</b> Sources are added, changed and removed inside
 *       {@link Source#onReady}, by the thousand. One that is added takes part from the next poll at the latest.
 * </ol>
 *
 * <p><b>Readiness</b>
 *
 * <ol>
 *   <li value="5"><b>P5 level-triggered.</b> What is ready and not drained is reported again by every poll. A
 *       readiness reported when there is none is legal; one that is withheld is not. Where more are ready than the
 *       mechanism reports at once, the polls take them in turn.
 *   <li value="6"><b>P6 once.</b> A source is told at most once in a poll, with both directions in one call.
 *   <li value="7"><b>P7 only what was asked.</b> A report is never {@link Interest#NONE} and never exceeds the interest
 *       at the moment of the call, even when another source's callback has changed it in the same turn.
 *   <li value="8"><b>P8 accept and connect.</b> A pending connection of a listener counts as {@link Interest#READ}, the
 *       end of a connect, good or bad, as {@link Interest#WRITE}.
 *   <li value="9"><b>P9 ends and errors are readiness.</b> A peer's end of stream, with and without data before it, is
 *       reported as {@link Interest#READ}; a reset or an error as whatever the interest asks for.
 * </ol>
 *
 * <p><b>Waiting</b>
 *
 * <ol>
 *   <li value="10"><b>P10 timeouts.</b> Zero polls without waiting; a negative timeout waits without end; a positive
 *       one is rounded up to what the mechanism can measure, never down, and a huge one does not overflow.
 *   <li value="11"><b>P11 interruptions.</b> A system call that a signal interrupts is invisible: it goes on with the
 *       time that is left. A thread's interrupt status makes a poll neither fail nor spin: it is cleared.
 *   <li value="12"><b>P12 exceptions of a source.</b> What {@code onReady} throws passes out of {@code poll}; the
 *       poller stays usable, and what it could not deliver is reported by the next poll.
 *   <li value="13"><b>P13 no re-entry.</b> {@code poll} inside {@code onReady} is refused with
 *       {@link IllegalStateException}; the outer one goes on.
 * </ol>
 *
 * <p><b>The end</b>
 *
 * <ol>
 *   <li value="14"><b>P14 close.</b> Closing gives back all that the poller holds of the system and forgets its sources
 *       without touching their channels, which can be added to another poller at once. Its registrations count as
 *       removed. Closing twice is harmless; any other use afterwards is refused with {@link IllegalStateException}. The
 *       runtime never closes a poller inside {@code poll}, but for one case: a thread hangs in {@link Source#onReady}, and
 *       the loop goes on with another thread and another poller. Then {@link #handOver} and {@code close} come from that other thread. Should
 *       the callback return later, it throws, and {@code poll} passes that on (P12) without touching the mechanism.
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
     * @throws IOException when the system refuses, for want of memory for instance; nothing is registered
     */
    Registration add(Source source, Interest interest) throws IOException;

    /**
     * Waits until a source is ready or the time is over, and calls {@link Source#onReady} of all that are.
     *
     * @param timeoutNanos how long to wait at most, in nanoseconds; 0 not at all, negative without end (P10)
     * @return how often {@code onReady} was called; 0 only when the time was over
     * @throws IOException when the mechanism itself fails, or returns for nothing again and again; the runtime then
     *     opens another poller
     * @throws IllegalStateException inside {@code onReady} (P13), or when the poller is closed (P14)
     */
    int poll(long timeoutNanos) throws IOException;

    /**
     * Gives away the bytes of streams that this poller has received and nobody has read, and those that it was given and has
     * not sent (P28). Called between two polls, also after one that failed, or in the case that P14 describes. Afterwards only
     * {@link Registration#remove} and {@link #close} are called. The default is that of a poller which holds none.
     *
     * @throws IOException when bytes may be missing; the runtime then ends every stream of this poller with that as the cause
     */
    default void handOver(Handover to) throws IOException {}

    /** Gives everything back to the system and forgets the sources; their channels stay open (P14). */
    @Override
    void close() throws IOException;
}
