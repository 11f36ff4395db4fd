package org.pollux.samples.seed;

import java.io.IOException;
import java.time.Duration;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** Intervals and timers: three ticks, one alarm, and one alarm that is cancelled. */
public final class Intervals {

    private int ticks;

    private Intervals() {}

    /**
     * Ends when no timer is left.
     *
     * @param args milliseconds between two ticks; the default is 1000
     * @throws IOException if the system has no descriptors left
     */
    public static void main(String[] args) throws IOException {
        Duration period = Duration.ofMillis(args.length == 0 ? 1000 : Long.parseLong(args[0]));
        try (Reactor reactor = new EventLoop(new NioBackend())) {
            new Intervals().start(reactor, period);
            reactor.run();
        }
    }

    private void start(Reactor reactor, Duration period) {
        Handle never = reactor.after(period.multipliedBy(100), _ -> System.out.println("never"));
        reactor.every(period, interval -> {
            System.out.println("tick " + ++ticks);
            if (ticks == 3) {
                interval.close();
                never.close();
            }
        });
        reactor.after(period, _ -> System.out.println("once"));
    }
}
