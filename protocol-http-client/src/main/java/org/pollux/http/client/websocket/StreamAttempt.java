package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpRequestBody;
import org.pollux.http.client.HttpRequestStream;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpResponseHead;
import org.pollux.http.client.reactor.ReactorHttpClient;

/** Asks for a stream of an HTTP/2 connection, which the client shares with its requests (RFC 8441, section 5). */
final class StreamAttempt implements Attempt, HttpResponseHandler, HttpRequestBody {

    private static final String PROTOCOL = "websocket";

    private final Handshake handshake;
    private final ReactorHttpClient http;
    private @Nullable HttpExchange exchange;
    private @Nullable HttpRequestStream out;
    private @Nullable StreamWire wire;
    private @Nullable Refusal refusal;
    private boolean over;

    StreamAttempt(Handshake handshake, ReactorHttpClient http) {
        this.handshake = handshake;
        this.http = http;
    }

    @Override
    public void begin() {
        exchange = http.tunnel(request(), PROTOCOL, this);
    }

    private HttpRequest request() {
        WebSocketRequest asked = handshake.request();
        List<Header> fields = new ArrayList<>();
        fields.add(new Header("Sec-WebSocket-Version", "13"));
        fields.addAll(asked.offers());
        fields.addAll(asked.headers());
        return new HttpRequest("GET", asked.httpUrl(), fields, this, Duration.ZERO, 0, false);
    }

    @Override
    public boolean isConnected() {
        return true; // or waits for a connection, which has a timeout of its own
    }

    @Override
    public void abandon() {
        over = true;
        if (exchange != null) {
            exchange.cancel();
        }
    }

    // ---- this side

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isReplayable() {
        return wire == null;
    }

    @Override
    public void open(HttpRequestStream stream) {
        out = stream;
    }

    // ---- the server's side

    @Override
    public void onHead(HttpResponseHead head, HttpExchange same) throws HttpFailure {
        HttpRequestStream stream = out;
        if (over || stream == null) {
            return;
        }
        Headers fields = head.headers();
        if (head.status() / 100 == 2) {
            HandshakeResponse accepted = HandshakeResponse.ofStream(fields, handshake.request());
            StreamWire made = new StreamWire(http.reactor(), stream, same);
            wire = made;
            handshake.open(made, accepted);
        } else if (!handshake.redirect(head.status(), fields)) {
            refusal = new Refusal(head.status(), "", fields);
        }
    }

    @Override
    public void onData(ByteBuffer in) throws HttpFailure {
        if (wire != null) {
            wire.data(in);
        } else if (refusal != null && refusal.take(in)) {
            throw refusal.failure();
        }
    }

    @Override
    public void onEnd(Headers trailers) {
        if (wire != null) {
            wire.ended("The server has ended the connection without a close");
        } else if (refusal != null) {
            fail(refusal.failure());
        }
    }

    @Override
    public void onFailed(HttpFailure cause) {
        if (wire != null) {
            wire.ended(String.valueOf(cause.getMessage()));
        } else {
            fail(cause);
        }
    }

    private void fail(HttpFailure failure) {
        if (over) {
            return;
        }
        over = true;
        if (failure.reason() == Reason.NOT_HTTP) {
            handshake.notCarried(failure);
        } else {
            handshake.fail(failure);
        }
    }
}
