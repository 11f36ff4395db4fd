package org.pollux.http.client.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpExchange;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHandler;
import org.pollux.http.client.HttpResponseHead;
import org.pollux.http.wire.FieldLines;
import org.pollux.reactor.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange: a request that follows redirects from URL to URL, and the callbacks of its handler. It is for the reactor's
 * thread, except for the methods of {@link HttpExchange}.
 *
 * <pre>
 *   begin ─▶ waits with the Keeper ─▶ on a Carrier ─▶ over
 *                  ▲                        │
 *                  └─── a redirect, ────────┘
 *                       a repetition
 * </pre>
 */
public final class Call implements HttpExchange {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    /** How often a request is sent again that a server has refused before it looked at it. */
    private static final int REFUSALS = 4;

    /** How long a body waits for {@code 100 Continue}: many servers never send it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ClientLoop loop;
    private final Keeper keeper;
    private final HttpResponseHandler handler;
    private final Redirects redirects;
    private final @Nullable String protocol;
    private @Nullable Carrier carrier;
    private @Nullable Handle deadline;
    private boolean paused;
    private boolean over;

    /** Whether the call was on a connection before. */
    private boolean started;

    /** Whether a kept connection has failed this call once. The call then gets a new connection. */
    private boolean repeated;

    private int refusals;

    // ---- the body of the current request
    private @Nullable Upload upload;
    private @Nullable Handle patience;

    /** Whether a producer has begun with the body: one that cannot be replayed is used up. */
    private boolean bodyBegun;

    public Call(ClientLoop loop, Keeper keeper, HttpRequest request, HttpResponseHandler handler) {
        this(loop, keeper, request, handler, null);
    }

    /** @param protocol that the two bodies carry; null for HTTP */
    public Call(
            ClientLoop loop,
            Keeper keeper,
            HttpRequest request,
            HttpResponseHandler handler,
            @Nullable String protocol) {
        this.protocol = protocol;
        this.loop = loop;
        this.keeper = keeper;
        this.handler = handler;
        this.redirects = new Redirects(request, loop.settings().plainRedirects());
    }

    /** Begins. The client is open. */
    public void begin() {
        if (over) {
            return;
        }
        Duration whole = request().timeout().isZero()
                ? loop.settings().totalTimeout()
                : request().timeout();
        if (!whole.isZero() && protocol == null) {
            deadline = loop.reactor().after(whole, _ -> fail(late(whole)));
        }
        goOn();
    }

    private HttpFailure late(Duration whole) {
        Carrier now = carrier;
        String progress = now == null ? "it still waited for a connection" : now.progress();
        return new HttpFailure(Reason.TIMED_OUT, "timed out after " + Durations.text(whole) + ": " + progress);
    }

    /** Asks for a connection to the current URL's host. */
    private void goOn() {
        try {
            requireSpoken(request().url().scheme());
        } catch (HttpFailure e) {
            fail(e);
            return;
        }
        keeper.submit(this);
    }

    private void requireSpoken(String scheme) throws HttpFailure {
        if (scheme.equals("https")) {
            try {
                var _ = loop.tls();
            } catch (IllegalStateException e) {
                throw new HttpFailure(Reason.SCHEME, redirects.origin() + "https is not spoken: " + e.getMessage(), e);
            }
        } else if (!scheme.equals("http")) {
            throw new HttpFailure(
                    Reason.SCHEME, redirects.origin() + scheme + " is not spoken: only http and https are");
        }
    }

    /** The request of the moment: after a redirect, another one. */
    public HttpRequest request() {
        return redirects.current();
    }

    /**
     * The protocol that the bodies of the request and the response carry, in both directions at the same time and for any time
     * (extended CONNECT, RFC 8441); null for HTTP. Only HTTP/2 carries one, if the server wants it.
     */
    public @Nullable String protocol() {
        return protocol;
    }

    /** The failure of a call whose protocol is not carried by the server of its URL. */
    public HttpFailure uncarried() {
        return new HttpFailure(
                Reason.NOT_HTTP,
                route().origin() + " does not carry " + protocol
                        + " over HTTP/2: it speaks HTTP/1.1, or has not announced SETTINGS_ENABLE_CONNECT_PROTOCOL");
    }

    /** Where its connection must lead. */
    public Route route() {
        return loop.route(request().url());
    }

    public boolean isOver() {
        return over;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Whether the call was on a connection before. */
    public boolean hasStarted() {
        return started;
    }

    /** Whether a connection that has carried another call is not good enough. */
    public boolean wantsNewConnection() {
        return repeated;
    }

    /** The call is carried by that from now on. */
    public void on(Carrier next) {
        started = true;
        carrier = next;
    }

    // ---- the body of the request

    /** The body of the current request, for the wire that sends it from now on. */
    public Upload upload(Upload.Outlet outlet) {
        Upload next = new Upload(loop, this, request().body(), outlet);
        upload = next;
        return next;
    }

    /** The wire has written the head of the request. The body follows, or waits until the server wants it. */
    public void headSent() {
        if (request().expectContinue() && request().hasBody()) {
            patience = loop.reactor().after(PATIENCE, _ -> sendBody());
        } else {
            sendBody();
        }
    }

    private void sendBody() {
        impatient();
        if (upload != null) {
            bodyBegun |= request().hasBody();
            upload.go();
        }
    }

    private void stopBody() {
        impatient();
        if (upload != null) {
            upload.stop();
            upload = null;
        }
    }

    private void impatient() {
        if (patience != null) {
            patience.close();
            patience = null;
        }
    }

    private boolean hasBodyAgain() {
        return !bodyBegun || !request().hasBody() || request().body().isReplayable();
    }

    /** The producer has failed. */
    void failBody(Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        fail(new HttpFailure(Reason.BODY, "the body of the request cannot be sent: " + why, cause));
    }

    // ---- what the carrier reports

    /** An interim response has come. */
    void interim(String version, int status, String reason, FieldLines fields) throws HttpFailure {
        HttpResponseHead told = new HttpResponseHead(request().url(), version, status, reason, fields);
        tell(() -> handler.onInterim(told));
        if (status == 100 && !over) {
            sendBody();
        }
    }

    /**
     * The head of a final response has come.
     *
     * @return whether the handler gets the body; otherwise the caller passes over it and calls {@link #followRedirect}
     */
    boolean head(String version, int status, String reason, FieldLines fields) throws HttpFailure {
        Optional<HttpProxy> proxy = route().reader();
        if (proxy.isPresent() && ProxyFailures.isOfProxy(status)) {
            throw ProxyFailures.refused(proxy.get(), Origin.of(request().url()), status, reason);
        }
        HttpResponseHead told = new HttpResponseHead(request().url(), version, status, reason, fields);
        boolean held = upload != null && upload.isHeld();
        if (held || status >= 300) {
            stopBody(); // the server has decided without the rest of it
        }
        if (held && status == 417 && request().expectContinue()) {
            redirects.withoutExpectation();
            return false;
        }
        if (redirects.follow(status, fields).isPresent()) {
            if (!hasBodyAgain()) {
                throw new HttpFailure(
                        Reason.REDIRECT,
                        "redirected to " + request().url() + " by " + status
                                + ", but the body of the request can be sent only once");
            }
            return false;
        }
        tell(() -> handler.onHead(told, this));
        return true;
    }

    void data(ByteBuffer in) throws HttpFailure {
        tell(() -> handler.onData(in));
    }

    private interface Callback {
        void call() throws Exception;
    }

    private void tell(Callback callback) throws HttpFailure {
        try {
            callback.call();
        } catch (HttpFailure e) {
            throw e;
        } catch (Throwable e) {
            throw new HttpFailure(Reason.HANDLER, "the handler of the response failed: " + e, e);
        }
    }

    /** The response is complete. */
    public void end(Headers trailers) {
        if (leave()) {
            tellLast(() -> handler.onEnd(trailers));
        }
    }

    /** The response that redirected has been passed over. */
    public void followRedirect() {
        carrier = null;
        stopBody();
        repeated = false;
        goOn();
    }

    /**
     * A kept connection was closed before a byte of a response came, because the server had closed it when the request was
     * sent; or the bytes that came were not a response to the request.
     */
    public void lostKept(HttpFailure failure) {
        if (mayRepeat()) {
            repeated = true;
            sendAgain();
        } else {
            fail(failure);
        }
    }

    /** Whether the request may be sent once more, on a new connection. */
    public boolean mayRepeat() {
        return !repeated && request().isIdempotent() && hasBodyAgain();
    }

    /** The server says that it has not looked at the request: whatever its method, it may be sent again. */
    public void refused(HttpFailure failure) {
        if (++refusals <= REFUSALS && hasBodyAgain()) {
            sendAgain();
        } else {
            fail(failure);
        }
    }

    private void sendAgain() {
        carrier = null;
        stopBody();
        goOn();
    }

    /** Ends the call. */
    public void fail(HttpFailure failure) {
        Carrier used = carrier;
        if (leave()) {
            if (used == null) {
                keeper.forget(this);
            } else {
                used.abandon();
            }
            keeper.dispatch();
            tellLast(() -> handler.onFailed(failure));
        }
    }

    /** False when the call was over already. */
    private boolean leave() {
        if (over) {
            return false;
        }
        over = true;
        carrier = null;
        stopBody();
        loop.ended(this);
        if (deadline != null) {
            deadline.close();
        }
        return true;
    }

    private static void tellLast(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable fault) { // the call has ended, and nothing else can report it
            LOG.error("The handler of a response failed in its last callback", fault);
        }
    }

    // ---- HttpExchange

    @Override
    public void pause() {
        loop.onLoop(() -> {
            paused = true;
            if (carrier != null) {
                carrier.pause();
            }
        });
    }

    @Override
    public void resume() {
        loop.onLoop(() -> {
            paused = false;
            loop.later(this::goOnReading); // no callback runs inside another
        });
    }

    private void goOnReading() {
        if (carrier != null && !paused) {
            carrier.resume();
        }
    }

    @Override
    public void cancel() {
        loop.onLoop(() -> fail(new HttpFailure(Reason.CANCELLED, "cancelled")));
    }

    @Override
    public String toString() {
        return request().method() + " " + request().url();
    }
}
