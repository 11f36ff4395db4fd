package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.Url;
import org.pollux.http.client.exchange.Lost;
import org.pollux.http.client.exchange.Origin;
import org.pollux.http.client.exchange.Route;
import org.pollux.http.client.h1.ConnectPassage;
import org.pollux.http.client.h1.ResponseParser;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.websocket.DeflateTerms;
import org.pollux.http.wire.websocket.HandshakeKey;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Handle;

/**
 * Asks a server for a WebSocket (RFC 6455, section 4.1), and follows redirects as far as that is wanted. It ends with a
 * {@code Session} or with a failure.
 *
 * <pre>
 *   begin ──▶ CONNECTING ──▶ the request is sent ──▶ 101 ──▶ open
 *     ▲                              │
 *     └────────── a redirect ────────┼──▶ another status: the beginning of its body ──▶ failed
 *                                    └──▶ the connection is lost, the time is over  ──▶ failed
 * </pre>
 */
final class Handshake implements ConnectionHandler {

    /** Maximum interim responses before a final one. */
    private static final int INTERIM = 32;

    private final ReactorWebSocketClient client;
    private final WebSocketListener listener;
    private final CompletableFuture<WebSocket> opened;
    private final String key;
    private WebSocketRequest request;
    private @Nullable Connection connection;
    private @Nullable Handle deadline;
    private ResponseParser parser;
    private @Nullable Refusal refusal;
    private int interim;
    private boolean established;
    private boolean over;

    Handshake(
            ReactorWebSocketClient client,
            WebSocketRequest request,
            WebSocketListener listener,
            CompletableFuture<WebSocket> opened) {
        this.client = client;
        this.request = request;
        this.listener = listener;
        this.opened = opened;
        this.key = HandshakeKey.of(client.keys().handshake());
        this.parser = client.parser();
    }

    void begin() {
        if (over) {
            return; // it was cancelled
        }
        if (!request.timeout().isZero()) {
            deadline = client.reactor().after(request.timeout(), _ -> fail(late()));
        }
        connect();
    }

    private HttpFailure late() {
        return new HttpFailure(
                Reason.TIMED_OUT,
                "timed out after " + Durations.text(request.timeout()) + ": "
                        + (established ? "no response from " : "no connection to ") + origin());
    }

    private Origin origin() {
        Url url = request.url();
        return new Origin(url.scheme().equals("wss") ? "https" : "http", url.host(), url.port());
    }

    /** Where the connection leads: a proxy passes on bytes only (RFC 6455, section 4.1). */
    private Route route() {
        return new Route(origin(), client.settings().proxies().forUrl(request.url()), true);
    }

    private void connect() {
        try {
            connection = client.reactor().connect(route().socketAddress(), this, options());
        } catch (IllegalStateException e) { // there is no TLS engine, or the reactor is closed
            fail(new HttpFailure(Reason.SCHEME, "no connection to " + origin() + ": " + e.getMessage(), e));
        }
    }

    private ConnectOptions options() {
        ClientSettings settings = client.settings();
        ConnectOptions plain = ConnectOptions.DEFAULTS.withTimeout(settings.connectTimeout());
        Optional<HttpProxy> proxy = route().proxy();
        if (proxy.isPresent()) {
            plain = plain.withPassage(new ConnectPassage(
                    origin(), proxy.get(), settings.userAgent(), settings.headLimit(), this::refuse));
        }
        return origin().isEncrypted() ? plain.withTls(client.tls(), origin().address()) : plain;
    }

    /** The proxy does not lead to the server. Not inside the stage that says so. */
    private void refuse(HttpFailure failure) {
        client.reactor().execute(() -> fail(failure));
    }

    // ---- the request

    @Override
    public void onOpen(Connection same) {
        established = true;
        Bytes head = new Bytes(512);
        head.add("GET ").add(request.url().target()).add(" HTTP/1.1\r\n");
        field(head, "Host", request.url().authority());
        field(head, "Connection", "Upgrade");
        field(head, "Upgrade", "websocket");
        field(head, "Sec-WebSocket-Version", "13");
        field(head, "Sec-WebSocket-Key", key);
        if (!request.subprotocols().isEmpty()) {
            field(head, "Sec-WebSocket-Protocol", String.join(", ", request.subprotocols()));
        }
        if (request.compression()) {
            field(head, "Sec-WebSocket-Extensions", DeflateTerms.offer(false));
        }
        String userAgent = client.settings().userAgent();
        if (!userAgent.isEmpty()
                && request.headers().stream().noneMatch(one -> one.name().equalsIgnoreCase("User-Agent"))) {
            field(head, "User-Agent", userAgent);
        }
        request.headers().forEach(one -> field(head, one.name(), one.value()));
        boolean _ = same.write(head.add("\r\n").content());
    }

    private static void field(Bytes head, String name, String value) {
        head.add(name).add(": ").add(value).add("\r\n");
    }

    // ---- the response

    @Override
    public void onData(Connection same, ByteBuffer in) {
        try {
            read(same, in);
        } catch (HttpFailure failure) {
            in.position(in.limit());
            fail(failure);
        }
    }

    private void read(Connection from, ByteBuffer in) throws HttpFailure {
        while (refusal == null) {
            if (!parser.parse(in)) {
                return;
            }
            int status = parser.status();
            FieldLines fields = parser.fields();
            if (status == 101) {
                open(from, HandshakeResponse.of(fields, key, request));
                return;
            }
            if (status >= 200 || status < 100) {
                if (isRedirect(status) && fields.first("Location").isPresent()) {
                    redirect(from, fields.first("Location").get());
                    in.position(in.limit());
                    return;
                }
                refusal = new Refusal(status, parser.reason(), fields);
            } else if (++interim > INTERIM) {
                throw new HttpFailure(Reason.MALFORMED, "more than " + INTERIM + " interim responses (1xx)");
            }
            parser = client.parser();
        }
        if (refusal.take(in)) {
            throw refusal.failure();
        }
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private void redirect(Connection from, String location) throws HttpFailure {
        Url target = target(location);
        if (request.redirects() == 0) {
            throw new HttpFailure(
                    Reason.REDIRECT,
                    "the server redirects to " + target + ", and the request allows no (further) redirects");
        }
        if (request.url().scheme().equals("wss") && !target.scheme().equals("wss")) {
            throw new HttpFailure(Reason.REDIRECT, "redirected from wss to " + target + ", which is not encrypted");
        }
        request = request.redirected(target);
        parser = client.parser();
        established = false;
        connection = null;
        from.handler((_, rest) -> rest.position(rest.limit())); // its end does not end this
        from.abort();
        connect();
    }

    /** A server may name the HTTP form of the URL. */
    private Url target(String location) throws HttpFailure {
        try {
            Url found = request.url().resolve(location);
            String scheme = found.scheme().replaceFirst("^http", "ws");
            return WebSocketRequest.of(
                            scheme + found.toString().substring(found.scheme().length()))
                    .url();
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(
                    Reason.REDIRECT, "the redirect target is not a URL of a WebSocket: " + e.getMessage(), e);
        }
    }

    private void open(Connection to, HandshakeResponse response) {
        end();
        WebSocket socket = client.open(to, request, listener, response);
        if (!opened.complete(socket)) {
            socket.abort(); // it was cancelled
        }
    }

    // ---- failures

    @Override
    public void onInputClosed(Connection same) {
        Refusal refused = refusal;
        fail(
                refused != null
                        ? refused.failure()
                        : new HttpFailure(
                                Reason.NO_RESPONSE,
                                origin() + " has closed the connection before its response was whole"));
    }

    @Override
    public void onClosed(Connection same, @Nullable Throwable cause) {
        fail(
                established
                        ? Lost.failure(origin(), Reason.NO_RESPONSE, Lost.why(cause) + " before a response came", cause)
                        : Lost.unconnected(route(), client.settings().connectTimeout(), cause));
    }

    /** Gives it up. */
    void fail(HttpFailure failure) {
        if (!over) {
            end();
            Connection used = connection;
            if (used != null) {
                used.abort();
            }
            boolean _ = opened.completeExceptionally(failure);
        }
    }

    private void end() {
        over = true;
        client.ended(this);
        if (deadline != null) {
            deadline.close();
        }
    }
}
