package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pollux.reactor.Interest;

/**
 * Ends a loop's wait from another thread, by a byte in a pipe that the loop watches like any other source. However many
 * threads call, one byte is written for each time that the loop goes to sleep.
 */
public final class WakeUp extends Watched {

    private final Pipe pipe;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final ByteBuffer drain = ByteBuffer.allocateDirect(64);

    public WakeUp(Loop loop) throws IOException {
        super(loop);
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
    }

    @Override
    public Pipe.SourceChannel channel() {
        return pipe.source();
    }

    /** The loop is about to wait; it must look for tasks once more after this. */
    public void asleep() {
        asleep.set(true);
    }

    public void awake() {
        asleep.set(false);
    }

    /** From any thread. */
    public void wake() {
        if (asleep.compareAndSet(true, false)) {
            try {
                // A full pipe takes nothing, and still wakes the loop.
                pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            } catch (ClosedChannelException _) {
                asleep.set(false); // the loop is closed and waits for nothing
            } catch (IOException e) {
                throw new UncheckedIOException("The reactor's wake-up pipe is broken", e);
            }
        }
    }

    @Override
    protected void ready(Interest ready) {
        try {
            do {
                drain.clear();
            } while (registration.read(drain) == drain.capacity());
        } catch (IOException e) {
            throw new UncheckedIOException("The reactor's wake-up pipe is broken", e);
        }
    }

    @Override
    public void drop() {
        loop.sources().remove(this);
        try {
            pipe.sink().close();
            pipe.source().close();
        } catch (IOException e) {
            throw new UncheckedIOException("The reactor's wake-up pipe cannot be closed", e);
        }
    }
}
