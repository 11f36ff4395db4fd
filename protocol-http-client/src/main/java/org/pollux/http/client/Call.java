package org.pollux.http.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.FieldLines;
import org.pollux.reactor.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange: a request that follows redirects from URL to URL, and the callbacks of its handler. It is for the reactor's
 * thread, except for the methods of {@link HttpExchange}.
 *
 * <pre>
 *   begin ─▶ waits in the Pool ─▶ on a ClientConnection ─▶ over
 *                  ▲                        │
 *                  └── a redirect, or once ─┘
 *                      a repetition
 * </pre>
 */
final class Call implements HttpExchange {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final ReactorHttpClient client;
    private final HttpResponseHandler handler;
    private final Redirects redirects;
    private @Nullable ClientConnection connection;
    private @Nullable Handle deadline;
    private boolean paused;
    private boolean over;

    /** Whether the call was on a connection before. */
    private boolean started;

    /** Whether a kept connection has failed this call once. The call then gets a new connection. */
    private boolean repeated;

    Call(ReactorHttpClient client, HttpRequest request, HttpResponseHandler handler) {
        this.client = client;
        this.handler = handler;
        this.redirects = new Redirects(request, client.settings().plainRedirects());
    }

    void begin() {
        if (over) {
            return;
        }
        Duration whole = request().timeout().isZero()
                ? client.settings().totalTimeout()
                : request().timeout();
        if (!whole.isZero()) {
            deadline = client.reactor().after(whole, _ -> fail(late(whole)));
        }
        goOn();
    }

    private HttpFailure late(Duration whole) {
        ClientConnection now = connection;
        String progress = now == null ? "it still waited for a connection" : now.progress();
        return new HttpFailure(Reason.TIMED_OUT, "timed out after " + Durations.text(whole) + ": " + progress);
    }

    /** Asks the pool for a connection to the current URL's host. */
    private void goOn() {
        try {
            requireSpoken(request().url().scheme());
        } catch (HttpFailure e) {
            fail(e);
            return;
        }
        client.pool().submit(this);
    }

    private void requireSpoken(String scheme) throws HttpFailure {
        if (scheme.equals("https")) {
            try {
                var _ = client.tls();
            } catch (IllegalStateException e) {
                throw new HttpFailure(Reason.SCHEME, redirects.origin() + "https is not spoken: " + e.getMessage(), e);
            }
        } else if (!scheme.equals("http")) {
            throw new HttpFailure(
                    Reason.SCHEME, redirects.origin() + scheme + " is not spoken: only http and https are");
        }
    }

    HttpRequest request() {
        return redirects.current();
    }

    boolean isOver() {
        return over;
    }

    boolean isPaused() {
        return paused;
    }

    boolean hasStarted() {
        return started;
    }

    boolean wantsNewConnection() {
        return repeated;
    }

    /** The call uses that connection from now on. */
    void on(ClientConnection used) {
        started = true;
        connection = used;
    }

    // ---- what the connection reports

    /** An interim response has come. */
    void interim(ResponseParser head) throws HttpFailure {
        HttpResponseHead told = new HttpResponseHead(request().url(), head.status(), head.reason(), head.fields());
        tell(() -> handler.onInterim(told));
    }

    /**
     * The head of a final response has come.
     *
     * @return whether the handler gets the body; otherwise the caller passes over it and calls {@link #followRedirect}
     */
    boolean head(ResponseParser head) throws HttpFailure {
        FieldLines fields = head.fields();
        Url asked = request().url();
        if (redirects.follow(head.status(), fields).isPresent()) {
            return false;
        }
        HttpResponseHead told = new HttpResponseHead(asked, head.status(), head.reason(), fields);
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

    void end(Headers trailers) {
        if (leave()) {
            tellLast(() -> handler.onEnd(trailers));
        }
    }

    /** The response that redirected has been passed over. */
    void followRedirect() {
        connection = null;
        repeated = false;
        goOn();
    }

    /**
     * A kept connection was closed before a byte of a response came, because the server had closed it when the request was
     * sent; or the bytes that came were not a response to the request.
     */
    void lostKept(HttpFailure failure) {
        if (mayRepeat()) {
            connection = null;
            repeated = true;
            goOn();
        } else {
            fail(failure);
        }
    }

    /** Whether the request may be sent once more, on a new connection. */
    boolean mayRepeat() {
        return !repeated && request().isIdempotent();
    }

    void fail(HttpFailure failure) {
        ClientConnection used = connection;
        if (leave()) {
            client.pool().forget(this, Optional.ofNullable(used));
            tellLast(() -> handler.onFailed(failure));
        }
    }

    /** False when the call was over already. */
    private boolean leave() {
        if (over) {
            return false;
        }
        over = true;
        connection = null;
        client.ended(this);
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
        client.onLoop(() -> {
            paused = true;
            if (connection != null) {
                connection.pause();
            }
        });
    }

    @Override
    public void resume() {
        client.onLoop(() -> {
            paused = false;
            client.later(this::goOnReading); // no callback runs inside another
        });
    }

    private void goOnReading() {
        if (connection != null && !paused) {
            connection.resume();
        }
    }

    @Override
    public void cancel() {
        client.onLoop(() -> fail(new HttpFailure(Reason.CANCELLED, "cancelled")));
    }

    @Override
    public String toString() {
        return request().method() + " " + request().url();
    }
}
