package org.pollux.http.client.websocket;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.Url;
import org.pollux.http.client.exchange.Origin;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.reactor.Handle;

/**
 * Asks a server for a WebSocket by one attempt after the other: a redirect leads to the next one, and so does a server that does
 * not carry it over HTTP/2. It ends with a {@code Session} or with a failure.
 *
 * <pre>
 *   begin ──▶ an attempt ──accepted──▶ open
 *     ▲           │
 *     └─ the next ┴──refused, lost, too late──▶ failed
 * </pre>
 */
final class Handshake {

    private final ReactorWebSocketClient client;
    private final WebSocketListener listener;
    private final CompletableFuture<WebSocket> opened;
    private WebSocketRequest request;
    private @Nullable Attempt attempt;
    private @Nullable Handle deadline;
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
    }

    /** The request of the moment: after a redirect, another one. */
    WebSocketRequest request() {
        return request;
    }

    void begin() {
        if (over) {
            return; // it was cancelled
        }
        if (!request.timeout().isZero()) {
            deadline = client.reactor().after(request.timeout(), _ -> fail(late()));
        }
        attempt(client.attempt(this));
    }

    private void attempt(Attempt next) {
        attempt = next;
        next.begin();
    }

    private HttpFailure late() {
        boolean connected = attempt != null && attempt.isConnected();
        return new HttpFailure(
                Reason.TIMED_OUT,
                "timed out after " + Durations.text(request.timeout()) + ": "
                        + (connected ? "no response from " : "no connection to ") + Origin.of(request.httpUrl()));
    }

    // ---- what attempts report

    /** The server does not carry it over HTTP/2, or does not speak HTTP/2 at all. */
    void notCarried(HttpFailure failure) {
        if (client.mayUpgrade()) {
            attempt(new UpgradeAttempt(this, client));
        } else {
            fail(failure);
        }
    }

    /**
     * Follows a redirect, if the response is one. The attempt is over then.
     *
     * @throws HttpFailure when it may not be followed
     */
    boolean redirect(int status, Headers fields) throws HttpFailure {
        Optional<String> location = fields.first("Location");
        if (!isRedirect(status) || location.isEmpty()) {
            return false;
        }
        Url target = target(location.get());
        if (request.redirects() == 0) {
            throw new HttpFailure(
                    Reason.REDIRECT,
                    "the server redirects to " + target + ", and the request allows no (further) redirects");
        }
        if (request.url().scheme().equals("wss") && !target.scheme().equals("wss")) {
            throw new HttpFailure(Reason.REDIRECT, "redirected from wss to " + target + ", which is not encrypted");
        }
        if (attempt != null) {
            attempt.abandon();
        }
        request = request.redirected(target);
        attempt(client.attempt(this));
        return true;
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
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

    /** The server has accepted. */
    void open(SessionCarrier wire, HandshakeResponse response) {
        end();
        WebSocket socket = client.open(wire, request, listener, response);
        if (!opened.complete(socket)) {
            socket.abort(); // it was cancelled
        }
    }

    /** Gives it up. */
    void fail(HttpFailure failure) {
        if (!over) {
            end();
            if (attempt != null) {
                attempt.abandon();
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
