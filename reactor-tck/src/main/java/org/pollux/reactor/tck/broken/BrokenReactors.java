package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;

/** The faults in a reactor's own state; {@link SwapFault} describes each. */
final class BrokenReactors {

    private BrokenReactors() {}

    /** A reactor that makes a mistake after a swap of its backend. */
    abstract static class Disturbed extends RelayReactor {

        Disturbed(Reactor sound) {
            super(sound);
        }

        abstract void afterTheSwap();
    }

    /** Timers begin again. */
    static final class RestartingTimers extends Disturbed {

        private record Timer(Handle handle, Supplier<Handle> start) {}

        private List<Timer> timers = new ArrayList<>();

        RestartingTimers(Reactor sound) {
            super(sound);
        }

        @Override
        public Handle after(Duration delay, EventHandler handler) {
            return start(() -> super.after(delay, handler));
        }

        @Override
        public Handle every(Duration period, EventHandler handler) {
            return start(() -> super.every(period, handler));
        }

        private Handle start(Supplier<Handle> start) {
            Handle handle = start.get();
            timers.add(new Timer(handle, start));
            return handle;
        }

        @Override
        void afterTheSwap() {
            List<Timer> before = timers;
            timers = new ArrayList<>();
            for (Timer timer : before) {
                if (!timer.handle.isClosed()) {
                    timer.handle.close();
                    start(timer.start);
                }
            }
        }
    }

    /** Channels that were watched once are watched again. */
    static final class RepeatingOneShots extends Disturbed {

        private final List<Runnable> repetitions = new ArrayList<>();

        RepeatingOneShots(Reactor sound) {
            super(sound);
        }

        @Override
        public Watch watch(SelectableChannel channel, Interest interest, WatchHandler handler) throws IOException {
            return super.watch(channel, interest, (watch, ready) -> {
                if (watch.isClosed()) {
                    repetitions.add(() -> watchAgain(channel, interest, handler));
                }
                handler.onReady(watch, ready);
            });
        }

        private void watchAgain(SelectableChannel channel, Interest interest, WatchHandler handler) {
            try {
                super.watch(channel, interest, handler).once();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        void afterTheSwap() {
            repetitions.forEach(Runnable::run);
        }
    }
}
