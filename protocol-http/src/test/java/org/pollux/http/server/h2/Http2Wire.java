package org.pollux.http.server.h2;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.pollux.http.server.TestedServer;
import org.pollux.http.server.contract.Client;
import org.pollux.http.server.contract.Wire;
import org.pollux.http.server.routing.RouteRegistry;

/** HTTP/2 over the connections of a server, by prior knowledge. */
public final class Http2Wire implements Wire {

    private final TestedServer server;
    private final List<Http2Client> clients = new ArrayList<>();
    private final Queue<Http2Client> ready = new ArrayDeque<>();
    private final int clientsWindow;

    /**
     * A wire.
     *
     * @param clientsWindow octets of a response that a client takes before it has read them
     */
    public Http2Wire(TestedServer server, int clientsWindow) {
        this.server = server;
        this.clientsWindow = clientsWindow;
        ready.add(begin());
        ready.add(begin());
    }

    @Override
    public RouteRegistry routes() {
        return server.routes();
    }

    /** The loop is not turned for it: two connections have begun already. */
    @Override
    public Client connect() {
        Http2Client client = ready.isEmpty() ? begin() : ready.remove();
        clients.add(client);
        return client;
    }

    private Http2Client begin() {
        Http2Client client = new Http2Client(new Http2Peer(server.dial()), clientsWindow);
        server.settle();
        return client;
    }

    @Override
    public void turn() {
        do {
            server.settle();
        } while (clients.stream().map(Http2Client::exchange).reduce(false, Boolean::logicalOr));
    }

    @Override
    public void execute(Runnable task) {
        server.execute(task);
    }

    @Override
    public void pass(Duration time) {
        server.pass(time);
        turn();
    }

    @Override
    public boolean canAskForBodies() {
        return true;
    }

    @Override
    public int upgraded() {
        return 200;
    }

    @Override
    public boolean isMultiplexed() {
        return true;
    }
}
