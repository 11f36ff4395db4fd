package org.pollux.http.server;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.pollux.http.server.contract.ExchangeContract;
import org.pollux.http.server.contract.Wire;
import org.pollux.http.server.h1.Http1Wire;
import org.pollux.http.server.h2.Http2Wire;

/** What an exchange promises, over real sockets. {@link ChaosExchanges} runs it with faults; without them the hand-made connections suffice. */
abstract class OnSockets extends ExchangeContract {

    private @Nullable SocketServer server;

    abstract Wire open(TestedServer server);

    @Override
    protected final Wire open() {
        server = new SocketServer();
        return open(server);
    }

    @AfterEach
    final void close() {
        if (server != null) {
            server.close();
        }
    }

    static class Http1 extends OnSockets {

        @Override
        Wire open(TestedServer server) {
            return new Http1Wire(server);
        }
    }

    static class Http2 extends OnSockets {

        @Override
        Wire open(TestedServer server) {
            return new Http2Wire(server, 70_000);
        }
    }
}
