package org.pollux.reactor.spi.base;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * A poller without its mechanism. A backend's subclass watches a channel ({@link #register}), waits ({@link #await})
 * and reports the readiness that it has found ({@link #found}).
 *
 * <p>The readiness is collected, and reported to the sources when the mechanism has returned. So callbacks may add,
 * change, remove and close sources freely, none of their exceptions passes through the mechanism, and each source gets
 * only readiness within its interest at that moment.
 *
 * <p>Its methods are called by one thread at a time, that of the loop.
 */
@ConsumerType
public abstract class AbstractPoller implements Poller {

    /** When so many waits in a row ended too early with nothing ready, the mechanism is broken. */
    private static final int SPIN_LIMIT = 1_000;

    /** The longest wait; added to a time it does not overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private AbstractRegistration[] collected = new AbstractRegistration[64];
    private int count;

    /** Turns of this poll that have ended in vain: with nothing ready, no interruption and no work. */
    private int inVain;

    private @Nullable Thread polling;

    /** Whether sources are being called, and the mechanism is at rest. */
    private boolean telling;

    private boolean closed;

    protected AbstractPoller() {}

    @Override
    public final Registration add(Source source, Interest interest) throws IOException {
        requireOpen();
        SelectableChannel channel = source.channel();
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    channel + " is blocking; call configureBlocking(false) before adding it");
        }
        return register(source, interest);
    }

    /**
     * Watches a channel, which is open and does not block. A failure leaves nothing behind.
     *
     * @throws IllegalArgumentException when it cannot be watched, with the reason (P2)
     * @throws IllegalStateException {@link #registeredAlready}, when it is registered here (P3)
     * @throws IOException when the system refuses
     */
    protected abstract AbstractRegistration register(Source source, Interest interest) throws IOException;

    /** The exception of {@link #register} for a channel whose registration was not removed. */
    protected static IllegalStateException registeredAlready(SelectableChannel channel) {
        return new IllegalStateException(channel + " is registered with this poller; remove that registration first");
    }

    @Override
    public final int poll(long timeoutNanos) throws IOException {
        requireOpen();
        if (polling != null) {
            throw new IllegalStateException("poll was called inside onReady; let the callback return instead");
        }
        polling = Thread.currentThread();
        try {
            return timeoutNanos == 0 ? turn(0) : pollUntilTold(timeoutNanos);
        } finally {
            polling = null;
        }
    }

    /**
     * A turn may end too early with nothing ready, after an interrupt for example: then it waits for the remaining
     * time.
     */
    private int pollUntilTold(long timeoutNanos) throws IOException {
        boolean endless = timeoutNanos < 0;
        long left = Math.min(timeoutNanos, LONGEST);
        long deadline = endless ? 0 : System.nanoTime() + left;
        for (inVain = 0; inVain < SPIN_LIMIT; inVain++) {
            int told = turn(left);
            if (told > 0) {
                return told;
            }
            if (!endless) {
                left = deadline - System.nanoTime();
                if (left <= 0) {
                    return 0;
                }
            }
        }
        throw new IOException(getClass().getSimpleName() + " returned " + SPIN_LIMIT
                + " times in a row before its time and with nothing ready; open another poller");
    }

    private int turn(long timeoutNanos) throws IOException {
        int looked = 0;
        int told = 0;
        try {
            await(timeoutNanos);
            if (Thread.interrupted()) { // a channel that an interrupted thread uses would close itself
                inVain = 0;
            }
            telling = true;
            while (looked < count) {
                AbstractRegistration registration = collected[looked++];
                Interest ready = registration.takeFound();
                if (ready != Interest.NONE) {
                    told++;
                    registration.source().onReady(ready);
                }
            }
            return told;
        } finally {
            telling = false;
            forgetCollected(looked);
        }
    }

    /** After an exception the rest is dropped: the next poll finds it again, because readiness is level-triggered. */
    private void forgetCollected(int looked) {
        for (int i = looked; i < count; i++) {
            collected[i].forgetFound();
        }
        Arrays.fill(collected, 0, count, null);
        count = 0;
    }

    /**
     * Waits once, until something is ready or the time is over, and calls {@link #found} for each that is. It may end
     * too early with nothing ready: then it is called again with the time that is left.
     *
     * @param timeoutNanos 0 does not wait, a negative value waits without end; others are rounded up (P10)
     * @throws IOException when the mechanism itself fails
     */
    protected abstract void await(long timeoutNanos) throws IOException;

    /**
     * To be called by {@link #await} for each readiness that the mechanism has found. Several calls for one
     * registration are harmless.
     *
     * @param ready an error and the peer's end as both directions: the next read or write says which it is (P9)
     */
    protected final void found(AbstractRegistration registration, Interest ready) {
        if (registration.noteFound(ready)) {
            if (count == collected.length) {
                collected = Arrays.copyOf(collected, 2 * count);
            }
            collected[count++] = registration;
        }
    }

    /**
     * To be called by {@link #await} when the mechanism did some work in which no source is interested. A wait that ends
     * with that was not in vain.
     */
    protected final void worked() {
        inVain = 0;
    }

    /** A timeout in milliseconds, rounded up; -1 for one without end. */
    protected static long millisUp(long timeoutNanos) {
        return timeoutNanos < 0 ? -1 : Math.ceilDiv(timeoutNanos, NANOS_PER_MILLI);
    }

    /** Also while a thread does not return from {@link Source#onReady} (P14). */
    @Override
    public final synchronized void handOver(Handover to) throws IOException {
        requireOpen();
        requireAtRest("hand over");
        handOverStreams(to);
    }

    /**
     * Hands over the bytes of streams that it holds (P28). To be overridden by a poller that receives ahead or sends
     * later.
     *
     * @throws IOException when bytes may be missing
     */
    protected void handOverStreams(Handover to) throws IOException {}

    private void requireAtRest(String wanted) {
        Thread waiting = polling;
        if (waiting != null && waiting != Thread.currentThread() && !telling) {
            throw new IllegalStateException(
                    "the poller is in use by " + waiting + "; " + wanted + " when poll has returned");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
    }

    /**
     * Releases all resources of the system (P14). A thread that does not return from {@link Source#onReady} does not
     * prevent this: when it returns, it touches only the collected readiness.
     *
     * @throws IllegalStateException while another thread waits
     */
    @Override
    public final synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        requireAtRest("close it");
        closed = true;
        release();
    }

    /** Removes every registration and releases all resources of the system (P14). Called once. */
    protected abstract void release() throws IOException;
}
