package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All channels that a loop watches. A poller can be discarded, because this class keeps everything that the poller was
 * given.
 *
 * <p>A move to another poller has two steps. {@link #prepare} adds the sources to it, some at a time, while the current one
 * continues to poll. Sources may be added, removed and changed meanwhile. {@link #exchange} then only changes to the new
 * poller. A stream is in two pollers meanwhile, and the next one takes nothing from it (P24). When nothing can fail any
 * more, the current poller hands over the bytes that it holds.
 */
@SuppressWarnings("ReferenceEquality") // a poller is itself and no other
public final class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    private final Consumer<Runnable> defer;

    private Registered[] all = new Registered[16];
    private int size;

    /** The poller that is prepared; null when none is. */
    private @Nullable Poller next;

    /** The registrations with it, in the order of {@link #all}: {@link Unregistered} for those that still wait. */
    private Registration[] nextRegistrations = {};

    private final Handover inFront = new InFront();

    /** All before this index are registered with it. */
    private int prepared;

    /**
     * Makes an empty set.
     *
     * @param defer runs a task on the loop, soon
     */
    Sources(Consumer<Runnable> defer) {
        this.defer = defer;
    }

    public int size() {
        return size;
    }

    /** One of them, for a look at all that ends none meanwhile. */
    public Registered at(int index) {
        return all[index];
    }

    public void add(Poller poller, Registered source, Interest interest) throws IOException {
        source.registration = poller.add(source, interest);
        source.interest = interest;
        if (size == all.length) {
            all = Arrays.copyOf(all, size * 2);
            makeNextRegistrations();
        }
        all[size] = source;
        source.index = size++;
    }

    /**
     * Replaces a source by another one of the same channel. A poller continues to call the first, which must pass
     * that on, until the next poller is given the other; this spares two system calls and their order.
     */
    public void replace(Registered source, Registered successor) {
        int index = source.index;
        all[index] = successor;
        successor.index = index;
        successor.registration = source.registration;
        successor.interest = source.interest;
        source.successor = successor;
        forget(source);
        if (successor.registration instanceof HandedOver earlier) {
            earlier.passTo(successor);
        }
    }

    private static void forget(Registered source) {
        source.index = -1;
        source.registration = Unregistered.INSTANCE;
        source.interest = Interest.NONE;
    }

    /** Takes a source out of its poller, and of the one that is prepared; harmless when it is out. */
    public void remove(Registered source) {
        if (!source.isWatched()) {
            return;
        }
        int index = source.index;
        Registered last = all[--size];
        all[index] = last;
        last.index = index;
        clear(size);
        Registration registration = source.registration;
        forget(source);
        remove(registration, source);
        if (next != null) {
            Registration prepares = nextRegistrations[index];
            nextRegistrations[index] = nextRegistrations[size];
            nextRegistrations[size] = Unregistered.INSTANCE;
            prepared = Math.min(prepared, index);
            remove(prepares, source);
        }
    }

    private static void remove(Registration registration, Registered source) {
        try {
            registration.remove();
        } catch (Throwable e) { // a broken backend must not keep a source from its end
            LOG.warn("The poller could not remove {}; the runtime has removed it", source.channel(), e);
        }
    }

    /**
     * Adds sources to the poller that is to follow the present one.
     *
     * @param most how many to add at most
     * @return whether all are there
     * @throws IOException when it does not take one; then {@link #abandon} it
     */
    public boolean prepare(Poller fresh, int most) throws IOException {
        if (next != fresh) {
            next = fresh;
            prepared = 0;
            nextRegistrations = new Registration[0];
            makeNextRegistrations();
        }
        int added = 0;
        while (prepared < size && added < most) {
            Registered source = all[prepared];
            if (nextRegistrations[prepared] == Unregistered.INSTANCE) {
                try {
                    nextRegistrations[prepared] = fresh.add(source, source.interest);
                    added++;
                } catch (ClosedChannelException _) {
                    drop(source);
                }
            } else {
                prepared++;
            }
        }
        return prepared == size;
    }

    /**
     * Changes over to a poller, prepared or not. The present one is only to be closed afterwards.
     *
     * @return how many sources moved
     * @throws IOException when the next one does not take a source; then {@link #abandon} it, and all are with the present
     *     one as before
     */
    public int exchange(Poller present, Poller fresh) throws IOException {
        do {
            prepare(fresh, Integer.MAX_VALUE);
        } while (!bringInterestsUp());
        takeOver(present);
        for (int i = 0; i < size; i++) {
            all[i].registration = nextRegistrations[i];
        }
        Registration[] registrations = nextRegistrations;
        int moved = size;
        abandon(fresh);
        for (int i = 0; i < moved; i++) {
            if (registrations[i] instanceof HandedOver earlier) {
                earlier.begin();
            }
        }
        return moved;
    }

    /** Puts what a poller hands over, and what is left from the one before it, in front of the next registrations. */
    private void takeOver(Poller present) {
        for (int i = 0; i < size; i++) {
            if (all[i].registration instanceof HandedOver earlier) {
                earlier.standBefore(nextRegistrations[i]);
                nextRegistrations[i] = earlier;
            }
        }
        try {
            present.handOver(inFront);
        } catch (Throwable fault) { // bytes may be missing, and a stream with a gap is another stream
            LOG.error("A poller could not hand over its streams; they end", fault);
            IOException cause = new IOException("The previous poller could not hand over its bytes", fault);
            for (int i = 0; i < size; i++) {
                if (all[i].isStream()) {
                    handedOver(i).broken(cause);
                }
            }
        }
    }

    private HandedOver handedOver(int index) {
        if (nextRegistrations[index] instanceof HandedOver earlier) {
            return earlier;
        }
        HandedOver first = new HandedOver(all[index], nextRegistrations[index], defer);
        nextRegistrations[index] = first;
        return first;
    }

    private final class InFront implements Handover {

        @Override
        public void received(Source source, ByteBuffer bytes) {
            of(source).ifPresent(stream -> stream.receivedAhead(bytes));
        }

        @Override
        public void unsent(Source source, ByteBuffer bytes) {
            of(source).ifPresent(stream -> stream.leftUnsent(bytes));
        }

        @Override
        public void failed(Source source, IOException cause) {
            of(source).ifPresent(stream -> stream.broken(cause));
        }

        /** Empty when the source was removed. */
        private Optional<HandedOver> of(Source source) {
            Registered present = (Registered) source;
            while (present.successor != null) {
                present = present.successor;
            }
            return present.isWatched() ? Optional.of(handedOver(present.index)) : Optional.empty();
        }
    }

    /** Tells the next poller of changes since it was prepared. False when a closed channel made a hole. */
    private boolean bringInterestsUp() throws IOException {
        for (int i = 0; i < size; i++) {
            try {
                nextRegistrations[i].interest(all[i].interest);
            } catch (ClosedChannelException _) {
                drop(all[i]);
                return false;
            }
        }
        return true;
    }

    /** Forgets a poller that was prepared. */
    public void abandon(Poller fresh) {
        if (next == fresh) {
            next = null;
            nextRegistrations = new Registration[0];
            prepared = 0;
        }
    }

    /** Calls back for every source, which may remove any of them meanwhile. */
    public void forEach(Consumer<Registered> action) {
        for (Registered source : Arrays.copyOf(all, size)) {
            if (source.isWatched()) {
                action.accept(source);
            }
        }
    }

    private void makeNextRegistrations() {
        if (next != null) {
            int from = nextRegistrations.length;
            nextRegistrations = Arrays.copyOf(nextRegistrations, all.length);
            Arrays.fill(nextRegistrations, from, nextRegistrations.length, Unregistered.INSTANCE);
        }
    }

    /** Its channel was closed behind the loop's back. */
    private void drop(Registered source) {
        remove(source);
        source.drop();
    }

    @SuppressWarnings("NullAway") // the array's unused end
    private void clear(int index) {
        all[index] = null;
    }
}
