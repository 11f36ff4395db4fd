package org.pollux.http.server.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.Request;
import org.pollux.http.RequestTask;
import org.pollux.http.server.recording.SlowRequest;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HttpVersion;

/**
 * The insides of a request, its body and its response: one set of objects, which serves one exchange at a time. Its handler
 * has handles to it. Each exchange has handles of its own; {@link Turn} says why they never reach the next exchange.
 *
 * <pre>
 *   begin ──▶ RESPONDING ──the response is complete──▶ COMPLETE     the carrier skips the rest of the body
 *                 │                    │                   ▲
 *                 │     an interceptor waits for its end,  │ left
 *                 │     and the client does not read ──▶ LEAVING
 *                 │                                        │
 *                 └─────── lost, aborted ────────────▶ LOST ◀ lost
 * </pre>
 *
 * <p>{@link Carrier} lists the methods that a wire calls. It is one file because it is one state machine. For the loop's
 * thread, except for methods that say otherwise.
 */
public final class Exchange {

    private final ExchangeLoop loop;
    private final Life life = new Life();
    private final InboundBody body = new InboundBody(life);
    private final RequestHead head = new RequestHead();
    private final ResponseSender sender;
    private final Faults faults = new Faults(this);
    private final SlowHandlers.Entry waiting = new SlowHandlers.Entry(life);
    private @Nullable TargetResource resource;
    private @Nullable RequestHandle request;
    private @Nullable ResponseHandle response;
    private boolean responding;
    private long begun;

    /** The protocol with which the client continues; empty while it is HTTP. */
    private String upgraded = "";

    /** Null when no recording wants it. */
    private @Nullable SlowRequest recorded;

    /** Whether the response waits until the client has taken it, and the values to report then. */
    private boolean leaving;

    private int toldStatus;
    private long toldBytes;

    /** The attributes that filters attach to the request. The map is replaced as a whole, so any thread may read it. */
    private volatile Map<Class<?>, Object> attributes = Map.of();

    Exchange(ExchangeLoop loop) {
        this.loop = loop;
        this.sender = new ResponseSender(life, loop.streams());
    }

    // ---- called by a wire

    /** Begins with the head at the buffer's position. The head is complete. */
    public void begin(Carrier by, ByteBuffer in, HeadLayout layout, TargetResource target) {
        resource = target;
        head.begin(by, in, layout, target.pattern());
        body.begin(by, layout, loop.settings());
        sender.begin(by, layout);
        responding = true;
        upgraded = "";
        begun = loop.begin();
        recorded = SlowRequest.begun();
        loop.meter().begun(layout.version() == HttpVersion.HTTP_2);
        RequestHandle its = new RequestHandle(this);
        request = its;
        response = new ResponseHandle(its);
        in.position(in.position() + layout.length());
    }

    /** Calls the handler. An exception that it throws becomes a response, or aborts a response that has begun. */
    public void call() {
        Carrier by = required(sender.carrier());
        try {
            required(resource).handler().handle(request(), required(response));
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the response
            handlerFailed(fault);
        }
        requireLoop(by, null);
        body.tellOwed();
    }

    /** Runs a task of the handler or of a filter, as a later part of {@link #call}. */
    void perform(RequestTask task) {
        if (!responding) {
            return; // the client is lost
        }
        Carrier by = sender.carrier();
        try {
            task.run();
        } catch (Throwable fault) { // an Error too, as in call
            handlerFailed(fault);
        }
        requireLoop(by, null);
    }

    /**
     * A handler that did not return for long may have lost the loop, which then has another thread. On the old thread this
     * throws, before anything is used that the exchanges of the loop share.
     */
    private static void requireLoop(@Nullable Carrier by, @Nullable Throwable fault) {
        if (by != null && !by.inLoop()) {
            throw new IllegalStateException("The handler did not return, and its loop has another thread now", fault);
        }
    }

    /** The call has returned, and the exchange continues. The read buffer is about to be reused. */
    public void outlive() {
        if (responding) {
            int _ = request().share();
            head.keep();
            body.called();
            loop.slowHandlers().watch(waiting, required(sender.carrier()).reactor());
        }
        giveAway();
    }

    /** Takes the bytes of the body that are in the buffer, and passes them to the handler. */
    public void take(ByteBuffer in) {
        int before = in.remaining();
        body.take(in);
        if (before > in.remaining()) {
            loop.slowHandlers().goOn(waiting);
        }
    }

    /** No further request follows on the connection: the client has ended its side, or the server ends. */
    public void windUp() {
        sender.windUp();
    }

    /** The carrier has room for more writes. */
    public void drained() {
        sender.drained();
    }

    /** The body cannot be read to its end. The status is sent, or the response is aborted when it has begun. */
    public void bodyFailed(int status, IOException cause) {
        if (responding) {
            requireLoop(sender.carrier(), cause);
            faults.bodyFailed(status, cause);
        }
    }

    /**
     * The client has disconnected.
     *
     * @param unsent bytes of the response that have not reached the client, as far as known
     */
    public void lost(Throwable cause, long unsent) {
        if (leaving) {
            tellEnd(Math.max(0, toldBytes - unsent), cause);
            return;
        }
        BodyHandler told = body.fail(cause);
        if (responding) {
            responding = false;
            if (upgraded.isEmpty()) {
                loop.meter().lost(resource().meter());
            } else {
                loop.meter().upgradeEnded(upgraded);
            }
            int _ = request().share();
            head.keep(); // it stays readable, because its handler may not know of the loss yet
            long sent = Math.max(0, sender.sent() - unsent);
            synchronized (this) { // another thread may be adding an interceptor
                boolean _ = request().become(Turn.DROPPED);
            }
            sender.interception().end(request(), response().status(), sent, cause);
            ended();
        }
        giveAway();
        InboundBody.tellFailed(told, cause);
    }

    /**
     * Whether its response is complete, and waits with its carrier until the client has taken it. The carrier then calls
     * {@link #left} or {@link #lost}.
     */
    public boolean isLeaving() {
        return leaving;
    }

    /** The client has taken the response that {@link #isLeaving waited}. */
    public void left() {
        tellEnd(toldBytes, null);
    }

    private void tellEnd(long bytes, @Nullable Throwable failure) {
        leaving = false;
        sender.interception().end(request(), toldStatus, bytes, failure);
        boolean _ = request().end();
        head.end(true);
    }

    /**
     * Called when the carrier has no more work for this exchange. Drops its handlers, so a waiting connection does not keep
     * a removed handler loaded.
     */
    public void release() {
        body.end();
    }

    /** Whether its response is not complete yet, and can still be completed. */
    public boolean isResponding() {
        return responding;
    }

    public InboundBody body() {
        return body;
    }

    public OutgoingResponse response() {
        return sender.response();
    }

    /** The request line, for reports. It may be read on any thread, while the exchange changes. */
    public String line() {
        return head.line();
    }

    // ---- its parts

    /** The handler's handle to the request. */
    RequestHandle request() {
        return required(request);
    }

    private static <T> T required(@Nullable T begun) {
        if (begun == null) {
            throw new RequestOver();
        }
        return begun;
    }

    RequestHead head() {
        return head;
    }

    ResponseSender sender() {
        return sender;
    }

    TargetResource resource() {
        return required(resource);
    }

    ExchangeLoop loop() {
        return loop;
    }

    /** From any thread. */
    <T> Optional<T> attribute(Class<T> type) {
        return Optional.ofNullable(type.cast(attributes.get(type)));
    }

    /** From any thread. */
    synchronized <T> void attribute(Class<T> type, T value) {
        Map<Class<?>, Object> changed = new HashMap<>(attributes);
        changed.put(type, type.cast(value));
        attributes = changed;
    }

    // ---- how it ends

    /** Never reuses this exchange: it continues after the call, or another thread has used it. */
    void giveAway() {
        loop.giveAway(this);
    }

    private void record(int status) {
        SlowRequest slow = recorded;
        recorded = null;
        if (slow != null && slow.isSlow()) {
            slow.record(head.method(), resource().pattern().toString(), status);
        }
    }

    private void complete(int status, long sent) {
        Carrier by = required(sender.carrier());
        responding = false;
        if (upgraded.isEmpty()) {
            loop.meter().completed(resource().meter(), status, loop.end() - begun);
            record(status);
        } else {
            loop.meter().upgradeEnded(upgraded);
        }
        boolean waits = !sender.interception().isEmpty() && !by.hasLeft();
        boolean reusable = waits ? leave(status, sent) : over(status, sent);
        ended();
        if (reusable) {
            resource = null; // nothing holds a removed handler
        } else {
            giveAway();
        }
        if (!body.isOver()) {
            body.passOver();
        }
        by.complete();
    }

    private boolean over(int status, long sent) {
        sender.interception().end(request(), status, sent, null);
        boolean reusable = request().end();
        if (!attributes.isEmpty()) {
            attributes = Map.of();
        }
        head.end(!reusable);
        return reusable;
    }

    /** Keeps the request readable until the end of the response is reported. */
    private boolean leave(int status, long sent) {
        leaving = true;
        toldStatus = status;
        toldBytes = sent;
        int _ = request().share();
        head.keep();
        return false;
    }

    private void ended() {
        loop.slowHandlers().forget(waiting);
        sender.ended();
    }

    void abort(Throwable cause) {
        if (responding) {
            required(sender.carrier()).abort(cause);
        }
    }

    void handlerFailed(Throwable fault) {
        requireLoop(sender.carrier(), fault);
        faults.handlerFailed(fault);
    }

    private boolean isUnsent() {
        return responding && sender.isHolding();
    }

    /**
     * Takes the response from the handler, without a callback.
     *
     * @return whether nothing of it was sent yet, so that another response can be sent
     */
    synchronized boolean drop() { // synchronized, because another thread may be adding an interceptor
        RequestHandle its = request();
        return its.become(Turn.DROPPED) || its.isDropped() || sender.dropStream();
    }

    /**
     * Takes the response from a handler that is too late. Its later calls throw.
     *
     * @return whether nothing of it was sent yet, so that another response can be sent
     */
    synchronized boolean takeUnsent() { // synchronized for the same reason
        return request().become(Turn.TAKEN) || sender.dropStream();
    }

    /** The events that its body and its response report. */
    private final class Life implements Lifecycle, SlowHandlers.Awaited {

        @Override
        public Request request() {
            return Exchange.this.request();
        }

        @Override
        public boolean isResponding() {
            return responding;
        }

        @Override
        public boolean isUnsent() {
            return Exchange.this.isUnsent();
        }

        @Override
        public boolean isReading() {
            return body.isReading();
        }

        @Override
        public void handlerFailed(Throwable fault) {
            Exchange.this.handlerFailed(fault);
        }

        @Override
        public void interceptorFailed(Throwable fault) {
            Exchange.this.request().takeBack();
            Exchange.this.handlerFailed(fault);
        }

        @Override
        public void bodyFailed(int status, IOException cause) {
            Exchange.this.bodyFailed(status, cause);
        }

        @Override
        public void timedOut(Duration timeout) {
            if (isUnsent()) {
                faults.responseTimedOut(timeout);
            }
        }

        @Override
        public void upgraded() {
            upgraded = response().protocol();
            loop.meter().upgraded(upgraded, resource().meter(), response().status(), loop.end() - begun);
            body.upgraded();
        }

        @Override
        public void abort(Throwable cause) {
            Exchange.this.abort(cause);
        }

        @Override
        public void complete(int status, long sent) {
            Exchange.this.complete(status, sent);
        }
    }
}
