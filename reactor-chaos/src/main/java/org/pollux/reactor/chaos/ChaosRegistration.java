package org.pollux.reactor.chaos;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractRegistration;

/**
 * A source between its poller and the wrapped one, which knows it as its source. Readiness that begins may wait for some
 * turns; its bytes are left alone.
 */
class ChaosRegistration extends AbstractRegistration implements Source {

    final ChaosPoller poller;
    private @Nullable Registration wrapped;

    /** The last turn in which it was ready, or might have been although it was not watched. */
    private long seen;

    /** The turn in which its readiness is told again; 0 if nothing is kept back. */
    private long lateUntil;

    private Interest ready = Interest.NONE;

    ChaosRegistration(ChaosPoller poller, Source source, Interest interest) {
        super(source, interest);
        this.poller = poller;
        this.seen = poller.turn();
    }

    final void addTo(Poller below) throws IOException {
        wrapped = below.add(this, watched(interest()));
    }

    final Registration wrapped() {
        return requireNonNull(wrapped, "not added");
    }

    // ---- readiness

    /** What the wrapped poller watches for, while this interest is asked for. */
    Interest watched(Interest asked) {
        return lateUntil > 0 ? Interest.NONE : asked;
    }

    /** An interest that begins finds what is ready at once. */
    @Override
    protected final void change(Interest wanted) throws IOException {
        seen = poller.turn();
        lateUntil = 0;
        wrapped().interest(watched(wanted));
    }

    /** Something has changed that {@link #watched} depends on. */
    final void watchAgain() throws IOException {
        if (!isOver()) {
            try {
                wrapped().interest(watched(interest()));
            } catch (ClosedChannelException closed) {
                // by another thread: its next call says so
            }
        }
    }

    @Override
    public void onReady(Interest found) {
        arrive(found);
    }

    /** It is told at the end of the turn. */
    final void arrive(Interest found) {
        boolean first = ready == Interest.NONE;
        ready = ready.or(found);
        if (first && ready != Interest.NONE) {
            poller.arrived(this);
        }
    }

    /** The readiness to tell now, once. */
    Interest takeReady() {
        Interest told = ready;
        ready = Interest.NONE;
        seen = poller.turn();
        return told;
    }

    /** Whether a peer may just as well have acted later: it was watched for a whole turn, and was not ready. */
    final boolean isNew() {
        return seen < poller.turn() - 1;
    }

    /** Keeps its readiness back until that turn. */
    final void tellLate(long turn) throws IOException {
        ready = Interest.NONE;
        lateUntil = turn;
        watchAgain();
    }

    /** Whether its readiness was kept back until now. */
    final boolean isDue() throws IOException {
        if (lateUntil > poller.turn()) {
            return false;
        }
        lateUntil = 0;
        seen = poller.turn();
        watchAgain();
        return true;
    }

    // ---- bytes

    @Override
    public int read(ByteBuffer target) throws IOException {
        return wrapped().read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return wrapped().write(data, from, count);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return wrapped().transferFrom(file, position, count);
    }

    @Override
    public void shutdownOutput() throws IOException {
        wrapped().shutdownOutput();
    }

    @Override
    public boolean hasUnsent() {
        return wrapped().hasUnsent();
    }

    // ---- the end

    @Override
    protected void release() throws IOException {
        poller.forget(this);
        if (wrapped != null) {
            wrapped.remove();
        }
    }
}
