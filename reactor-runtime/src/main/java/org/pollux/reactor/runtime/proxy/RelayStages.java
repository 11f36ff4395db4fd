package org.pollux.reactor.runtime.proxy;

import java.util.List;
import java.util.stream.Stream;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;

/** Begins one connection that this side opens with a header of the PROXY protocol. */
public final class RelayStages implements StageFactory {

    private final ConnectOptions.Relay relay;

    private RelayStages(ConnectOptions.Relay relay) {
        this.relay = relay;
    }

    /** The stages of a connection with these options: others, and this one below them when the connection passes one on. */
    public static List<StageFactory> below(List<StageFactory> others, ConnectOptions options) {
        ConnectOptions.Relay relay = options.relay();
        return relay == null
                ? others
                : Stream.concat(Stream.of(new RelayStages(relay)), others.stream())
                        .toList();
    }

    @Override
    public String name() {
        return "PROXY";
    }

    @Override
    public Transport open(StageContext context, Transport below) {
        return new RelayStage(context, below, HeaderWriter.write(relay));
    }
}
