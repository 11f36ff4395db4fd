package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * First collects the ready sources and then reports them, as most pollers do. The second half must see changes that happen
 * between the two; a poller with a fault of P7 or P16 misses them.
 */
final class CollectingPoller extends RelayPoller {

    private final Poller sound;
    private final Function<Collected, Interest> due;
    private List<Collected> turn = new ArrayList<>();
    private boolean polling;

    private CollectingPoller(Poller sound, Function<Collected, Interest> due) {
        super(sound);
        this.sound = sound;
        this.due = due;
    }

    static Poller faultless(Poller sound) {
        return new CollectingPoller(
                sound, collected -> collected.removed ? Interest.NONE : collected.found.and(collected.interest));
    }

    static Poller withStaleInterest(Poller sound) {
        return new CollectingPoller(sound, collected -> collected.removed ? Interest.NONE : collected.found);
    }

    static Poller withRemovedSources(Poller sound) {
        return new CollectingPoller(sound, collected -> collected.found.and(collected.interest));
    }

    @Override
    public Registration add(Source source, Interest interest) throws IOException {
        return new Collected(source, interest).addTo(sound, interest);
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        if (polling) {
            throw new IllegalStateException("poll inside onReady");
        }
        polling = true;
        try {
            sound.poll(timeoutNanos);
            return tell();
        } finally {
            polling = false;
        }
    }

    private int tell() {
        List<Collected> ready = turn;
        turn = new ArrayList<>();
        int told = 0;
        for (Collected collected : ready) {
            Interest what = collected.channel().isOpen() ? due.apply(collected) : Interest.NONE;
            if (what != Interest.NONE) {
                told++;
                collected.source().onReady(what);
            }
        }
        return told;
    }

    private final class Collected extends Relay {

        private Interest interest;
        private Interest found = Interest.NONE;
        private boolean removed;

        Collected(Source source, Interest interest) {
            super(source);
            this.interest = interest;
        }

        @Override
        public void onReady(Interest ready) {
            found = ready;
            turn.add(this);
        }

        @Override
        public void interest(Interest wanted) throws IOException {
            super.interest(wanted);
            interest = wanted;
        }

        @Override
        public void remove() throws IOException {
            super.remove();
            removed = true;
        }
    }
}
