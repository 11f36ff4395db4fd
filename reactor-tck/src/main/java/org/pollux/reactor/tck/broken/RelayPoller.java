package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.util.function.Function;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** Forwards everything to a working poller; a broken one overrides the wrong method. */
class RelayPoller implements Poller {

    private final Poller sound;
    private final Function<Source, ? extends Relay> relays;

    RelayPoller(Poller sound) {
        this(sound, Relay::new);
    }

    RelayPoller(Poller sound, Function<Source, ? extends Relay> relays) {
        this.sound = sound;
        this.relays = relays;
    }

    @Override
    public Registration add(Source source, Interest interest) throws IOException {
        return relays.apply(source).addTo(sound, interest);
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        return sound.poll(timeoutNanos);
    }

    @Override
    public void handOver(Handover to) throws IOException {
        sound.handOver(new RelayHandover(to));
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
