package org.pollux.reactor.tck.broken;

import java.io.IOException;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** Fails in the middle of a swap, as a backend may fail: it opens no poller, or its poller takes no more sources. */
public final class RefusingBackend extends RelayBackend {

    /** The refusal, which throws an exception. */
    @FunctionalInterface
    public interface Refusal {
        void happen() throws IOException;
    }

    private static final int NO_POLLER = -1;

    private final int sources;
    private final Refusal refusal;
    private int opened;
    private int closed;

    private RefusingBackend(Backend sound, int sources, Refusal refusal) {
        super(sound);
        this.sources = sources;
        this.refusal = refusal;
    }

    /** Opens no poller. */
    public static RefusingBackend ofPollers(Backend sound, Refusal refusal) {
        return new RefusingBackend(sound, NO_POLLER, refusal);
    }

    /** Opens pollers that each take that many sources and refuse the next one. */
    public static RefusingBackend ofSourcesAfter(int sources, Backend sound, Refusal refusal) {
        return new RefusingBackend(sound, sources, refusal);
    }

    /** The number of pollers that were opened so far. */
    public int opened() {
        return opened;
    }

    /** The number of pollers that were closed. */
    public int closed() {
        return closed;
    }

    @Override
    public Poller open() throws IOException {
        if (sources == NO_POLLER) {
            refusal.happen();
        }
        Poller poller = new Refusing(super.open());
        opened++;
        return poller;
    }

    private final class Refusing extends RelayPoller {

        private int added;

        Refusing(Poller sound) {
            super(sound);
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            if (added++ == sources) {
                refusal.happen();
            }
            return super.add(source, interest);
        }

        @Override
        public void close() throws IOException {
            closed++;
            super.close();
        }
    }
}
