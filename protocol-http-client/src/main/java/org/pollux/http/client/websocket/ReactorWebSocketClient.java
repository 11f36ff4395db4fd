package org.pollux.http.client.websocket;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.Url;
import org.pollux.http.client.h1.ResponseParser;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.http.wire.websocket.CloseCode;
import org.pollux.http.wire.websocket.Session;
import org.pollux.http.wire.websocket.SessionMemory;
import org.pollux.http.wire.websocket.SessionSettings;
import org.pollux.http.wire.websocket.Side;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;

/** The client on any reactor: its own, or a reactor that also serves other work. Its methods may be called from any thread. */
public final class ReactorWebSocketClient implements WebSocketClient, AutoCloseable {

    /** How the client speaks TLS: with the authorities of the system, and HTTP/1.1. Change the trust and so on, not the ALPN. */
    public static final TlsClientSettings TLS = TlsClientSettings.DEFAULTS.withAlpn(List.of("http/1.1"));

    /** A shorter message is sent as it is. */
    private static final int COMPRESS_FROM = 256;

    /** The time for the server's close. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Reactor reactor;
    private final ClientSettings settings;
    private final Supplier<TlsClientContext> tls;

    /** Shares its HTTP/2 connections; null when every WebSocket has a connection of its own. */
    private final @Nullable ReactorHttpClient http;

    private final MaskKeys keys = new MaskKeys();
    private final Set<Handshake> handshakes = new LinkedHashSet<>();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final SessionMemory memory = new SessionMemory(Deflater.DEFAULT_COMPRESSION);
    private boolean closed;

    /** A client for ws alone. */
    public ReactorWebSocketClient(Reactor reactor) {
        this(reactor, ClientSettings.defaults(), () -> {
            throw new IllegalStateException(
                    "the client has no TLS engine; pass one's context to ReactorWebSocketClient");
        });
    }

    /**
     * A client for ws and wss, each on a connection of its own, by HTTP/1.1.
     *
     * @param settings of which the time to connect, the limit of a response's head and the {@code User-Agent} are used
     * @param tls the context for wss, made with {@link #TLS}; see {@code ReactorHttpClient}
     */
    public ReactorWebSocketClient(Reactor reactor, ClientSettings settings, Supplier<TlsClientContext> tls) {
        this(reactor, settings, tls, null);
    }

    /**
     * A client for ws and wss that also uses the HTTP/2 connections of an HTTP client (RFC 8441). The versions that the HTTP client
     * speaks decide:
     *
     * <ul>
     *   <li>{@code NEGOTIATED}: when an HTTP/2 connection to the server is open, and the server has announced extended CONNECT, a
     *       WebSocket is a stream of it. Otherwise it has a connection of its own by HTTP/1.1.
     *   <li>{@code HTTP_1_1}: always a connection of its own.
     *   <li>{@code HTTP_2}: wss is a stream, for which a connection is opened, or fails with {@code NOT_HTTP}.
     *   <li>{@code HTTP_2_PRIOR_KNOWLEDGE}: ws is such a stream too.
     * </ul>
     *
     * @param http on whose reactor and with whose settings it works; to be closed after this
     * @param tls the context for connections of its own, made with {@link #TLS}
     */
    public ReactorWebSocketClient(ReactorHttpClient http, Supplier<TlsClientContext> tls) {
        this(http.reactor(), http.settings(), tls, http);
    }

    private ReactorWebSocketClient(
            Reactor reactor,
            ClientSettings settings,
            Supplier<TlsClientContext> tls,
            @Nullable ReactorHttpClient http) {
        this.reactor = reactor;
        this.settings = settings;
        this.tls = tls;
        this.http = http;
    }

    @Override
    public CompletableFuture<WebSocket> connect(WebSocketRequest request, WebSocketListener listener) {
        CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        Handshake handshake = new Handshake(this, request, listener, opened);
        reactor.execute(() -> begin(handshake));
        var _ = opened.exceptionally(_ -> {
            onLoop(() -> handshake.fail(new HttpFailure(Reason.CANCELLED, "cancelled")));
            return null;
        });
        return opened;
    }

    private void begin(Handshake handshake) {
        handshakes.add(handshake);
        if (closed) {
            handshake.fail(closedFailure());
        } else {
            handshake.begin();
        }
    }

    private static HttpFailure closedFailure() {
        return new HttpFailure(Reason.CLIENT_CLOSED, "the client is closed");
    }

    /** Gives up what is being opened, and closes the connections with code 1001. The reactor stays open. */
    @Override
    public void close() {
        onLoop(() -> {
            closed = true;
            List.copyOf(handshakes).forEach(handshake -> handshake.fail(closedFailure()));
            List.copyOf(sessions).forEach(session -> session.close(CloseCode.GOING_AWAY, ""));
            memory.close();
        });
    }

    private void onLoop(Runnable action) {
        if (reactor.inLoop()) {
            action.run();
        } else {
            try {
                reactor.execute(action);
            } catch (RejectedExecutionException _) {
                // all connections have ended with the reactor
            }
        }
    }

    // ---- for its parts

    /** The first way to ask for the connection that a handshake wants. */
    Attempt attempt(Handshake handshake) {
        ReactorHttpClient shared = http;
        return shared != null && wantsStream(shared, handshake.request().httpUrl())
                ? new StreamAttempt(handshake, shared)
                : new UpgradeAttempt(handshake, this);
    }

    private boolean wantsStream(ReactorHttpClient shared, Url url) {
        return switch (settings.versions()) {
            case HTTP_1_1 -> false;
            case NEGOTIATED -> shared.hasTunnel(url);
            case HTTP_2 -> url.scheme().equals("https");
            case HTTP_2_PRIOR_KNOWLEDGE -> true;
        };
    }

    /** Whether a connection of its own follows, when a server does not carry it over HTTP/2. */
    boolean mayUpgrade() {
        return settings.versions() == HttpVersions.NEGOTIATED;
    }

    Reactor reactor() {
        return reactor;
    }

    ClientSettings settings() {
        return settings;
    }

    /**
     * The context for wss.
     *
     * @throws IllegalStateException when there is none
     */
    TlsClientContext tls() {
        return tls.get();
    }

    MaskKeys keys() {
        return keys;
    }

    /** For the head of one response. */
    ResponseParser parser() {
        return new ResponseParser(settings.headLimit());
    }

    void ended(Handshake handshake) {
        handshakes.remove(handshake);
    }

    /** Called on the loop: the handshake on that wire is over. */
    WebSocket open(
            SessionCarrier wire, WebSocketRequest request, WebSocketListener listener, HandshakeResponse response) {
        SessionSettings agreed = new SessionSettings(
                keys::next,
                response.subprotocol(),
                response.deflate(),
                request.maxMessage(),
                COMPRESS_FROM,
                request.ping(),
                CLOSE);
        Session session =
                new Session(Side.CLIENT, listener, wire, agreed, memory, (ended, _) -> sessions.remove(ended));
        sessions.add(session);
        wire.carry(session);
        return session;
    }
}
