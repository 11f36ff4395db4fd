package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** Gets every source in a swap, and forgets a part of it; {@link SwapFault} describes each case. */
final class ForgetfulPoller extends RelayPoller {

    private final Poller sound;
    private final Predicate<SelectableChannel> forgotten;
    private final UnaryOperator<Interest> memory;

    private ForgetfulPoller(Poller sound, Predicate<SelectableChannel> forgotten, UnaryOperator<Interest> memory) {
        super(sound);
        this.sound = sound;
        this.forgotten = forgotten;
        this.memory = memory;
    }

    /** Takes these channels and never reports them. */
    static UnaryOperator<Poller> forgetting(Predicate<SelectableChannel> forgotten) {
        return sound -> new ForgetfulPoller(sound, forgotten, interest -> interest);
    }

    /** Takes all channels and never reports one of them. */
    static Poller forgettingTheFiftieth(Poller sound) {
        AtomicInteger added = new AtomicInteger();
        return new ForgetfulPoller(sound, channel -> added.incrementAndGet() == 50, interest -> interest);
    }

    /** Watches for another interest than the first one that it gets. */
    static UnaryOperator<Poller> mistaking(UnaryOperator<Interest> memory) {
        return sound -> new ForgetfulPoller(sound, channel -> false, memory);
    }

    @Override
    public Registration add(Source source, Interest interest) throws IOException {
        return forgotten.test(source.channel())
                ? new Unchanging(source).addTo(sound, Interest.NONE)
                : new Told(source, interest).addTo(sound, memory.apply(interest));
    }

    /** Ignores an interest that equals the previous one (P15), so an earlier mistake stays. */
    private static final class Told extends Relay {

        private Interest told;

        Told(Source source, Interest told) {
            super(source);
            this.told = told;
        }

        @Override
        public void interest(Interest interest) throws IOException {
            if (interest != told) {
                told = interest;
                super.interest(interest);
            }
        }
    }

    /** Keeps its first interest. */
    static final class Unchanging extends Relay {

        Unchanging(Source source) {
            super(source);
        }

        @Override
        public void interest(Interest interest) {}
    }

    /** Gets every report twice. */
    static final class Twice extends Relay {

        Twice(Source source) {
            super(source);
        }

        @Override
        public void onReady(Interest ready) {
            super.onReady(ready);
            super.onReady(ready);
        }
    }

    /** Stays open after the swap, because its close does nothing. */
    static final class NeverClosed extends RelayPoller {

        NeverClosed(Poller sound) {
            super(sound);
        }

        @Override
        public void close() {}
    }
}
