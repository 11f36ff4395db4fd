package org.pollux.http.server.h1;

import java.time.Duration;
import org.pollux.http.server.TestedServer;
import org.pollux.http.server.contract.Client;
import org.pollux.http.server.contract.Wire;
import org.pollux.http.server.routing.RouteRegistry;

/** HTTP/1.1 over the connections of a server. */
public final class Http1Wire implements Wire {

    private final TestedServer server;

    public Http1Wire(TestedServer server) {
        this.server = server;
    }

    @Override
    public RouteRegistry routes() {
        return server.routes();
    }

    @Override
    public Client connect() {
        return new Http1Client(server.dial());
    }

    @Override
    public void turn() {
        server.settle();
    }

    @Override
    public void execute(Runnable task) {
        server.execute(task);
    }

    @Override
    public void pass(Duration time) {
        server.pass(time);
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
