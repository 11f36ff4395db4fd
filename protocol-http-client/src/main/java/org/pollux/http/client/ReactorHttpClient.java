package org.pollux.http.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.Octets;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;

/**
 * The client on any reactor: its own, or a reactor that also serves other work. Its methods may be called from any thread.
 * Idle connections that are kept for later prevent {@link Reactor#run} from returning; {@link #close} ends them.
 */
public final class ReactorHttpClient implements HttpClient, AutoCloseable {

    /**
     * How a client speaks TLS: with the authorities of the system, and HTTP/1.1 by ALPN. Change the trust, the certificate and
     * so on, but not the ALPN.
     */
    public static final TlsClientSettings TLS = TlsClientSettings.DEFAULTS.withAlpn(List.of("http/1.1"));

    private static final int INFLATED = 32 * 1024;

    /** The most bytes that small chunks can leave of one read of the reactor. */
    private static final int GATHERED = 32 * 1024;

    private final Reactor reactor;
    private final ClientSettings settings;
    private final Supplier<TlsClientContext> tls;
    private final RequestWriter writer;
    private final Pool pool;
    private final Set<Call> calls = new LinkedHashSet<>();
    private @Nullable ByteBuffer inflated;
    private @Nullable ByteBuffer gathered;
    private boolean closed;

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
        this.reactor = reactor;
        this.settings = settings;
        this.tls = tls;
        this.writer = new RequestWriter(settings.userAgent());
        this.pool = new Pool(this);
    }

    @Override
    public HttpExchange send(HttpRequest request, HttpResponseHandler handler) {
        Call call = new Call(this, request, handler);
        reactor.execute(() -> begin(call));
        return call;
    }

    private void begin(Call call) {
        if (call.isOver()) {
            return;
        }
        calls.add(call);
        if (closed) {
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

    /** Fails all exchanges, calls their handlers, and closes the connections. From any thread; the reactor stays open. */
    @Override
    public void close() {
        onLoop(() -> {
            closed = true;
            List.copyOf(calls).forEach(call -> call.fail(closedFailure()));
            pool.close();
        });
    }

    private static HttpFailure closedFailure() {
        return new HttpFailure(Reason.CLIENT_CLOSED, "the client is closed");
    }

    // ---- for the parts of the client

    /**
     * Runs the action now on the reactor's thread, otherwise later on that thread; not at all when the reactor is closed.
     */
    void onLoop(Runnable action) {
        if (reactor.inLoop()) {
            action.run();
        } else {
            later(action);
        }
    }

    /** Runs the action after the current callback, from any thread; not at all when the reactor is closed. */
    void later(Runnable action) {
        try {
            reactor.execute(action);
        } catch (RejectedExecutionException _) {
            // all exchanges have ended with the reactor
        }
    }

    /** Runs the action after everything that has come so far was read. */
    void afterNextPoll(Runnable action) {
        later(() -> later(action)); // the first runs before the poll, the second after it
    }

    void ended(Call call) {
        calls.remove(call);
    }

    Reactor reactor() {
        return reactor;
    }

    ClientSettings settings() {
        return settings;
    }

    /**
     * The context for https.
     *
     * @throws IllegalStateException when there is none
     */
    TlsClientContext tls() {
        return tls.get();
    }

    RequestWriter writer() {
        return writer;
    }

    Pool pool() {
        return pool;
    }

    /** The reactor looks up a name without blocking its loop. */
    static SocketAddress address(Origin origin) {
        String host = origin.host();
        boolean literal = host.indexOf(':') >= 0 || Octets.are(Octets.DIGIT, host.replace(".", ""));
        try {
            return literal
                    ? new InetSocketAddress(InetAddress.ofLiteral(host), origin.port())
                    : InetSocketAddress.createUnresolved(host, origin.port());
        } catch (IllegalArgumentException _) { // such as digits and dots, or an unknown interface
            return InetSocketAddress.createUnresolved(host, origin.port());
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** The buffer in which small chunks are gathered during a callback; empty outside one. */
    ByteBuffer gathered() {
        ByteBuffer buffer = gathered;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(GATHERED);
            gathered = buffer;
        }
        return buffer;
    }

    /** The buffer into which gzip is decoded during a callback. */
    ByteBuffer inflated() {
        ByteBuffer buffer = inflated;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(INFLATED);
            inflated = buffer;
        }
        return buffer;
    }
}
