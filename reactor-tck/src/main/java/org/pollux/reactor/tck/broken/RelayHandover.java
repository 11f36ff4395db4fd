package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;

/** Replaces relays by their sources; a broken handover changes something. */
class RelayHandover implements Handover {

    private final Handover to;

    RelayHandover(Handover to) {
        this.to = to;
    }

    private static Source behind(Source source) {
        return source instanceof Relay relay ? relay.source() : source;
    }

    @Override
    public void received(Source source, ByteBuffer bytes) {
        to.received(behind(source), bytes);
    }

    @Override
    public void unsent(Source source, ByteBuffer bytes) {
        to.unsent(behind(source), bytes);
    }

    @Override
    public void failed(Source source, IOException cause) {
        to.failed(behind(source), cause);
    }
}
