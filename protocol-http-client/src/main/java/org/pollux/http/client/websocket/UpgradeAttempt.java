package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Header;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.exchange.Lost;
import org.pollux.http.client.exchange.Origin;
import org.pollux.http.client.exchange.Route;
import org.pollux.http.client.h1.ConnectPassage;
import org.pollux.http.client.h1.ResponseParser;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.websocket.HandshakeKey;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/**
 * Asks for a connection of its own, which begins as HTTP/1.1 (RFC 6455, section 4.1).
 *
 * <pre>
 *   begin ──▶ CONNECTING ──▶ the request is sent ──▶ 101 ──▶ open
 *                                    │
 *                                    ├──▶ another status: the beginning of its body ──▶ failed
 *                                    └──▶ the connection is lost ──▶ failed
 * </pre>
 */
final class UpgradeAttempt implements Attempt, ConnectionHandler {

    /** Maximum interim responses before a final one. */
    private static final int INTERIM = 32;

    private final Handshake handshake;
    private final ReactorWebSocketClient client;
    private final String key;
    private @Nullable Connection connection;
    private ResponseParser parser;
    private @Nullable Refusal refusal;
    private int interim;
    private boolean connected;
    private boolean over;

    UpgradeAttempt(Handshake handshake, ReactorWebSocketClient client) {
        this.handshake = handshake;
        this.client = client;
        this.key = HandshakeKey.of(client.keys().handshake());
        this.parser = client.parser();
    }

    private Origin origin() {
        return Origin.of(handshake.request().httpUrl());
    }

    /** Where the connection leads: a proxy passes on bytes only (RFC 6455, section 4.1). */
    private Route route() {
        return new Route(
                origin(), client.settings().proxies().forUrl(handshake.request().url()), true);
    }

    @Override
    public void begin() {
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

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void abandon() {
        over = true;
        if (connection != null) {
            connection.abort();
        }
    }

    // ---- the request

    @Override
    public void onOpen(Connection same) {
        connected = true;
        WebSocketRequest request = handshake.request();
        Bytes head = new Bytes(512);
        head.add("GET ").add(request.url().target()).add(" HTTP/1.1\r\n");
        field(head, "Host", request.url().authority());
        field(head, "Connection", "Upgrade");
        field(head, "Upgrade", "websocket");
        field(head, "Sec-WebSocket-Version", "13");
        field(head, "Sec-WebSocket-Key", key);
        request.offers().forEach(one -> field(head, one.name(), one.value()));
        String userAgent = client.settings().userAgent();
        if (!userAgent.isEmpty() && request.headers().stream().noneMatch(UpgradeAttempt::isUserAgent)) {
            field(head, "User-Agent", userAgent);
        }
        request.headers().forEach(one -> field(head, one.name(), one.value()));
        boolean _ = same.write(head.add("\r\n").content());
    }

    private static boolean isUserAgent(Header header) {
        return header.name().equalsIgnoreCase("User-Agent");
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
            fail(failure);
        }
        if (over) {
            in.position(in.limit());
        }
    }

    private void read(Connection from, ByteBuffer in) throws HttpFailure {
        while (refusal == null && !over) {
            if (!parser.parse(in)) {
                return;
            }
            int status = parser.status();
            FieldLines fields = parser.fields();
            if (status == 101) {
                handshake.open(new SocketWire(from), HandshakeResponse.ofUpgrade(fields, key, handshake.request()));
                return;
            }
            if (status >= 200 || status < 100) {
                if (handshake.redirect(status, fields)) {
                    return;
                }
                refusal = new Refusal(status, parser.reason(), fields);
            } else if (++interim > INTERIM) {
                throw new HttpFailure(Reason.MALFORMED, "more than " + INTERIM + " interim responses (1xx)");
            }
            parser = client.parser();
        }
        if (refusal != null && refusal.take(in)) {
            throw refusal.failure();
        }
    }

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
                connected
                        ? Lost.failure(origin(), Reason.NO_RESPONSE, Lost.why(cause) + " before a response came", cause)
                        : Lost.unconnected(route(), client.settings().connectTimeout(), cause));
    }

    private void fail(HttpFailure failure) {
        if (!over) {
            handshake.fail(failure);
        }
    }
}
