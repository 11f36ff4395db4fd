package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A channel with everything that a poller must know about it. A swap moves these. */
public abstract class Registered implements Source {

    /** Its registration with the current poller. */
    public Registration registration = Unregistered.INSTANCE;

    /** The interest that the registration got last; the reference when the poller is swapped. */
    Interest interest = Interest.NONE;

    /** Where it is in {@link Sources}, -1 when not watched. */
    int index = -1;

    /** The source that replaces it; a poller may still know the channel by this one. */
    @Nullable
    Registered successor;

    @Override
    public abstract SelectableChannel channel();

    /** The loop is closed, or the channel was closed behind its back: give everything back and say so. */
    protected abstract void drop();

    /** Bytes that a poller has handed over wait before the registration: so many more, or fewer when negative. */
    protected void handedOver(long received, long unsent) {}

    public final boolean isWatched() {
        return index >= 0;
    }

    public final void watchFor(Interest wanted) throws IOException {
        if (wanted != interest && isWatched()) {
            registration.interest(wanted);
            interest = wanted;
        }
    }
}
