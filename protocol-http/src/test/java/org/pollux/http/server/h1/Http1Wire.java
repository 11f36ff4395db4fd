package org.pollux.http.server.h1;

import java.time.Duration;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.contract.Client;
import org.pollux.http.server.contract.Wire;
import org.pollux.http.server.routing.RouteRegistry;

/** HTTP/1.1 over connections without sockets. */
final class Http1Wire implements Wire {

    private final HandServer server = new HandServer();

    @Override
    public RouteRegistry routes() {
        return server.routes;
    }

    @Override
    public Client connect() {
        return new Http1Client(server.connect());
    }

    @Override
    public void turn() {
        server.reactor.settle();
    }

    @Override
    public void execute(Runnable task) {
        server.reactor.execute(task);
    }

    @Override
    public void pass(Duration time) {
        server.time.pass(time);
        server.reactor.toNextTimer();
        server.reactor.settle();
    }

    @Override
    public boolean canAskForBodies() {
        return true;
    }

    @Override
    public boolean isMultiplexed() {
        return false;
    }
}
