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

/** Is given every source in a swap, and forgets something of it; {@link SwapFault} says what. */
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

    /** Takes these channels and never tells of them. */
    static UnaryOperator<Poller> forgetting(Predicate<SelectableChannel> forgotten) {
        return sound -> new ForgetfulPoller(sound, forgotten, interest -> interest);
    }

    /** Takes all channels and never tells of one of them. */
    static Poller forgettingTheFiftieth(Poller sound) {
        AtomicInteger added = new AtomicInteger();
        return new ForgetfulPoller(sound, channel -> added.incrementAndGet() == 50, interest -> interest);
    }

    /** Watches for something else than what it is told first. */
    static UnaryOperator<Poller> mistaking(UnaryOperator<Interest> memory) {
        return sound -> new ForgetfulPoller(sound, channel -> false, memory);
    }

    @Override
    public Registration add(Source source, Interest interest) throws IOException {
        return forgotten.test(source.channel())
                ? new Unchanging(source).addTo(sound, Interest.NONE)
                : new Told(source, interest).addTo(sound, memory.apply(interest));
    }

    /** Does nothing when it is told what it was told before (P15): a mistake made then stays one. */
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

    /** Is told everything twice. */
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

    /** Is forgotten itself when it is done with. */
    static final class NeverClosed extends RelayPoller {

        NeverClosed(Poller sound) {
            super(sound);
        }

        @Override
        public void close() {}
    }
}
