package org.pollux.reactor.runtime.proxy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Passage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;

/** Leads one connection that this side opens through a proxy. */
public final class PassageStages implements StageFactory {

    private final Passage passage;
    private final Duration timeout;

    private PassageStages(Passage passage, Duration timeout) {
        this.passage = passage;
        this.timeout = timeout;
    }

    /** The stages of a connection with these options: others, and this one below them when a proxy is on the way. */
    public static List<StageFactory> below(List<StageFactory> others, ConnectOptions options) {
        Passage passage = options.passage();
        if (passage == null) {
            return others;
        }
        Duration timeout = options.timeout().isZero() ? HANDSHAKE_TIMEOUT : options.timeout();
        return Stream.concat(Stream.of(new PassageStages(passage, timeout)), others.stream())
                .toList();
    }

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public Duration handshakeTimeout() {
        return timeout;
    }

    @Override
    public Transport open(StageContext context, Transport below) {
        return new PassageStage(context, below, passage);
    }
}
