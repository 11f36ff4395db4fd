package org.pollux.http.client.reactor;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.FileBody;
import org.pollux.http.client.HttpClient;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponse;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.SavedFile;
import org.pollux.http.client.Url;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.pool.Pool;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;

/**
 * The client on any reactor: its own, or a reactor that also serves other work. Its methods may be called from any thread.
 * Idle connections that are kept for later prevent {@link Reactor#run} from returning; {@link #close} ends them.
 */
public final class ReactorHttpClient implements HttpClient, AutoCloseable {

    /**
     * How a client speaks TLS: with the authorities of the system, and the versions of HTTP that {@link
     * HttpVersions#NEGOTIATED} offers by ALPN. Change the trust, the certificate and so on. A client that speaks other versions
     * needs {@code TLS.withAlpn(versions.alpn())}.
     */
    public static final TlsClientSettings TLS = TlsClientSettings.DEFAULTS.withAlpn(HttpVersions.NEGOTIATED.alpn());

    private final ClientLoop loop;
    private final Pool pool;

    /** A client for http alone, with the {@linkplain ClientSettings#defaults usual limits}. */
    public ReactorHttpClient(Reactor reactor) {
        this(reactor, ClientSettings.defaults());
    }

    /** A client for http alone, with the given limits. */
    public ReactorHttpClient(Reactor reactor, ClientSettings settings) {
        this(reactor, settings, () -> {
            throw new IllegalStateException("the client has no TLS engine; pass one's context to ReactorHttpClient");
        });
    }

    /**
     * A client for http and https, with the given limits.
     *
     * @param tls the context for https, made with {@link #TLS}. It is asked for before each request and each connection, on the
     *     reactor's thread. An {@link IllegalStateException} says why there is none, and what to do. The context stays the
     *     caller's, to be closed after the client
     */
    public ReactorHttpClient(Reactor reactor, ClientSettings settings, Supplier<TlsClientContext> tls) {
        this.loop = new ClientLoop(reactor, settings, tls);
        this.pool = new Pool(loop);
    }

    @Override
    public HttpExchange send(HttpRequest request, HttpResponseHandler handler) {
        Call call = new Call(loop, pool, request, handler);
        loop.reactor().execute(() -> begin(call));
        return call;
    }

    /**
     * Asks for a stream of an HTTP/2 connection that carries another protocol (extended CONNECT, RFC 8441). The body of the request
     * is what this side says, and the body of the response what the server says, both at the same time. The stream shares the
     * connection with requests. Neither the idle timeout nor the timeout of the whole exchange holds for it.
     *
     * @param request its method is not sent
     * @param protocol such as {@code "websocket"}
     * @param handler gets {@link Reason#NOT_HTTP} when the server does not carry the protocol over HTTP/2
     */
    public HttpExchange tunnel(HttpRequest request, String protocol, HttpResponseHandler handler) {
        Call call = new Call(loop, pool, request, handler, protocol);
        loop.reactor().execute(() -> begin(call));
        return call;
    }

    /**
     * Whether an HTTP/2 connection to the server of that URL is open, has room, and its server has announced that it takes what
     * {@link #tunnel} sends. Called on the reactor's thread.
     */
    public boolean hasTunnel(Url url) {
        return pool.hasTunnel(loop.route(url));
    }

    /** The reactor on which it is. */
    public Reactor reactor() {
        return loop.reactor();
    }

    public ClientSettings settings() {
        return loop.settings();
    }

    private void begin(Call call) {
        if (call.isOver()) {
            return;
        }
        loop.begun(call);
        if (loop.isClosed()) {
            call.fail(closedFailure());
        } else {
            call.begin();
        }
    }

    @Override
    public CompletableFuture<HttpResponse> send(HttpRequest request, int limit) {
        WholeBody body = new WholeBody(limit);
        return cancelling(body.response(), send(request, body));
    }

    @Override
    public CompletableFuture<SavedFile> save(HttpRequest request, Path file) {
        FileBody body = new FileBody(file);
        return cancelling(body.saved(), send(request, body));
    }

    /** A failure of the exchange itself also cancels it, which is a no-op because the exchange is over. */
    private static <T> CompletableFuture<T> cancelling(CompletableFuture<T> future, HttpExchange exchange) {
        var _ = future.exceptionally(_ -> {
            exchange.cancel();
            return null;
        });
        return future;
    }

    /**
     * Its connections and waiting requests at this moment; from any thread. A bundle shows them to the operator by a service {@link
     * org.pollux.reactor.admin.PoolReport}.
     *
     * @param name of the pool, the same after a restart
     */
    public PoolStatus pool(String name) {
        return pool.status(name);
    }

    /** Fails all exchanges, calls their handlers, and closes the connections. From any thread; the reactor stays open. */
    @Override
    public void close() {
        loop.onLoop(() -> {
            loop.close();
            loop.calls().forEach(call -> call.fail(closedFailure()));
            pool.close();
        });
    }

    private static HttpFailure closedFailure() {
        return new HttpFailure(Reason.CLIENT_CLOSED, "the client is closed");
    }
}
