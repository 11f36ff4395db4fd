package org.pollux.http.server.memory;

import java.time.Duration;
import java.util.function.BiFunction;
import org.pollux.http.server.HandTime;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.contract.Client;
import org.pollux.http.server.contract.Wire;
import org.pollux.http.server.exchange.ExchangeLoop;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.meters.LoopMeter;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.testkit.HandReactor;

/** A server whose connections carry many exchanges at a time. Requests do not wait for handlers that are away. */
final class MemoryWire implements Wire {

    final HandReactor reactor = new HandReactor();
    private final HandTime time = new HandTime();
    private final RouteRegistry routes = new RouteRegistry();
    private final ExchangeLoop loop =
            new ExchangeLoop(HttpSettings.defaults(), time, new LimitCounts(() -> 0), new LoopMeter());
    private final BiFunction<MemoryConnection, Ask, MemoryStream> streams;

    /**
     * A wire.
     *
     * @param streams makes those of its connections
     */
    MemoryWire(BiFunction<MemoryConnection, Ask, MemoryStream> streams) {
        this.streams = streams;
    }

    ExchangeLoop loop() {
        return loop;
    }

    MemoryStream stream(MemoryConnection of, Ask request) {
        return streams.apply(of, request);
    }

    @Override
    public RouteRegistry routes() {
        return routes;
    }

    @Override
    public Client connect() {
        return new MemoryConnection(this);
    }

    @Override
    public void turn() {
        reactor.settle();
    }

    @Override
    public void execute(Runnable task) {
        reactor.execute(task);
    }

    @Override
    public void pass(Duration duration) {
        time.pass(duration);
        reactor.toNextTimer();
        turn();
    }

    @Override
    public boolean canAskForBodies() {
        return true;
    }

    @Override
    public boolean isMultiplexed() {
        return true;
    }
}
