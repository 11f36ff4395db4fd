package org.pollux.http.client.pool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.Carrier;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.exchange.Lost;
import org.pollux.http.client.exchange.Origin;
import org.pollux.http.client.exchange.Route;
import org.pollux.http.client.h1.ConnectPassage;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/**
 * A connection that is being opened for a call. When it is established, its wire takes over.
 *
 * <pre>
 *   CONNECTING ──established──▶ the wire is its handler
 *        │
 *        └──not possible, or the call is given up──▶ over
 * </pre>
 */
final class Opening implements ConnectionHandler, Carrier {

    private final ClientLoop loop;
    private final Pool pool;
    private final Route route;
    private final Call call;
    private final Connection connection;
    private boolean over;

    /**
     * Begins to open it.
     *
     * @throws IllegalStateException when the reactor is closed, or there is no TLS engine
     */
    Opening(ClientLoop loop, Pool pool, Route route, Call call) {
        this.loop = loop;
        this.pool = pool;
        this.route = route;
        this.call = call;
        this.connection = loop.reactor().connect(route.socketAddress(), this, options());
        call.on(this);
    }

    private ConnectOptions options() {
        Origin origin = route.origin();
        ConnectOptions plain =
                ConnectOptions.DEFAULTS.withTimeout(loop.settings().connectTimeout());
        if (route.tunnelled() && route.proxy().isPresent()) {
            plain = plain.withPassage(new ConnectPassage(
                    origin,
                    route.proxy().get(),
                    loop.settings().userAgent(),
                    loop.settings().headLimit(),
                    this::refused));
        }
        return origin.isEncrypted() ? plain.withTls(loop.tls(), origin.address()) : plain;
    }

    Route route() {
        return route;
    }

    // ---- its end

    @Override
    public void onOpen(Connection same) {
        over = true;
        try {
            pool.opened(Wires.open(loop, pool, route, connection), call);
        } catch (HttpFailure e) {
            connection.abort();
            pool.failed(this, call, e);
        }
    }

    @Override
    public void onData(Connection same, ByteBuffer in) {
        // its wire gets them
    }

    @Override
    public void onClosed(Connection same, @Nullable Throwable cause) {
        if (!over) {
            over = true;
            pool.failed(this, call, Lost.unconnected(route, loop.settings().connectTimeout(), cause));
        }
    }

    /** The proxy does not lead to the server. */
    private void refused(HttpFailure failure) {
        loop.later(() -> {
            if (!over) {
                over = true;
                connection.abort();
                pool.failed(this, call, failure);
            }
        });
    }

    // ---- Carrier

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void abandon() {
        if (!over) {
            over = true;
            connection.abort();
            pool.givenUp(this);
        }
    }

    @Override
    public String progress() {
        return "no connection to " + route + " yet";
    }
}
