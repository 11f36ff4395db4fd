package org.pollux.reactor.tck.broken;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;

/** The faults that lie in what a reactor keeps of its own; {@link SwapFault} says what each one does. */
final class BrokenReactors {

    private BrokenReactors() {}

    /** A reactor that does something wrong when its backend has been exchanged. */
    abstract static class Disturbed extends RelayReactor {

        Disturbed(Reactor sound) {
            super(sound);
        }

        abstract void afterTheSwap();
    }

    /** Timers begin anew. */
    static final class RestartingTimers extends Disturbed {

        private record Timer(Event event, Supplier<Event> start) {}

        private List<Timer> timers = new ArrayList<>();

        RestartingTimers(Reactor sound) {
            super(sound);
        }

        @Override
        public Event after(Duration delay, EventHandler handler) {
            return start(() -> super.after(delay, handler));
        }

        @Override
        public Event every(Duration period, EventHandler handler) {
            return start(() -> super.every(period, handler));
        }

        private Event start(Supplier<Event> start) {
            Event event = start.get();
            timers.add(new Timer(event, start));
            return event;
        }

        @Override
        void afterTheSwap() {
            List<Timer> before = timers;
            timers = new ArrayList<>();
            for (Timer timer : before) {
                if (!timer.event.isClosed()) {
                    timer.event.close();
                    start(timer.start);
                }
            }
        }
    }

    /** One-shot events that have happened are watched again. */
    static final class RepeatingOneShots extends Disturbed {

        private final List<Runnable> repetitions = new ArrayList<>();

        RepeatingOneShots(Reactor sound) {
            super(sound);
        }

        @Override
        public Event watch(SelectableChannel channel, Interest interest, EventHandler handler) {
            return super.watch(channel, interest, event -> {
                if (event.isClosed()) {
                    repetitions.add(
                            () -> super.watch(channel, interest, handler).once());
                }
                handler.onEvent(event);
            });
        }

        @Override
        void afterTheSwap() {
            repetitions.forEach(Runnable::run);
        }
    }
}
