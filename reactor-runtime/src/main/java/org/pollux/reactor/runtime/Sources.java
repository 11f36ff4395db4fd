package org.pollux.reactor.runtime;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All channels that a loop watches. A poller can be thrown away, for this is what it was given. */
final class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private Watched[] all = new Watched[16];
    private int size;

    int size() {
        return size;
    }

    void add(Poller poller, Watched source, Interest interest) throws IOException {
        source.registration = poller.add(source, interest);
        source.interest = interest;
        if (size == all.length) {
            all = Arrays.copyOf(all, size * 2);
        }
        all[size] = source;
        source.place = size++;
    }

    /** Takes a source out of its poller; harmless when it is out. */
    void remove(Watched source) {
        if (!source.isWatched()) {
            return;
        }
        Watched last = all[--size];
        all[source.place] = last;
        last.place = source.place;
        clear(size);
        source.place = -1;
        Registration registration = source.registration;
        source.registration = Unregistered.INSTANCE;
        source.interest = Interest.NONE;
        try {
            registration.remove();
        } catch (Throwable e) { // a broken backend must not keep a source from its end
            LOG.warn("The poller could not remove {}; it is out all the same", source.channel(), e);
        }
    }

    /**
     * Gives every source to another poller. When that fails, all of them are with the old one as before.
     *
     * @return how many moved
     */
    int moveTo(Poller fresh) throws IOException {
        Registration[] places = new Registration[size];
        List<Watched> gone = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            try {
                places[i] = fresh.add(all[i], all[i].interest);
            } catch (ClosedChannelException _) {
                places[i] = Unregistered.INSTANCE;
                gone.add(all[i]);
            }
        }
        for (int i = 0; i < places.length; i++) {
            all[i].registration = places[i];
        }
        gone.forEach(Watched::drop);
        return places.length - gone.size();
    }

    /** Calls back for every source, which may remove any of them meanwhile. */
    void forEach(Consumer<Watched> action) {
        for (Watched source : Arrays.copyOf(all, size)) {
            if (source.isWatched()) {
                action.accept(source);
            }
        }
    }

    @SuppressWarnings("NullAway") // the array's unused end
    private void clear(int place) {
        all[place] = null;
    }
}
