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
import org.pollux.http.server.syntax.HeadLayout;

/**
 * The insides of a request, its body and its response: one set of objects, which serves one exchange at a time. Its handler
 * has handles to it, of which each exchange has its own; {@link Turn} says why they never reach the next one.
 *
 * <pre>
 *   begin ──▶ RESPONDING ──the response is complete──▶ COMPLETE     the carrier passes over what is left of the body
 *                 │                    │                   ▲
 *                 │     somebody sees it leave,            │ left
 *                 │     and the client does not read ──▶ LEAVING
 *                 │                                        │
 *                 └─────── lost, aborted ────────────▶ LOST ◀ lost
 * </pre>
 *
 * <p>A {@link Carrier} says which methods a wire calls. For the loop's thread, except for what says otherwise.
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

    /** Whether the response waits to be taken by the client, and what is told of it then. */
    private boolean leaving;

    private int toldStatus;
    private long toldBytes;

    /** What filters keep with the request. It is replaced as a whole, so that any thread may look. */
    private volatile Map<Class<?>, Object> attributes = Map.of();

    Exchange(ExchangeLoop loop) {
        this.loop = loop;
        this.sender = new ResponseSender(life, loop.streams());
    }

    // ---- what a wire calls

    /** Takes the head at the buffer's position, which was found whole. */
    public void begin(Carrier by, ByteBuffer in, HeadLayout layout, TargetResource target) {
        resource = target;
        head.begin(by, in, layout, target.pattern());
        body.begin(by, layout, loop.settings());
        sender.begin(by, layout);
        responding = true;
        RequestHandle begun = new RequestHandle(this);
        request = begun;
        response = new ResponseHandle(begun);
        in.position(in.position() + layout.length());
    }

    /** Calls the handler. What it throws becomes a response, or aborts one that has begun. */
    public void call() {
        Carrier by = required(sender.carrier());
        try {
            required(resource).handler().handle(request(), required(response));
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the response
            requireLoop(by);
            faults.handlerFailed(fault);
        }
        requireLoop(by);
        body.tellOwed();
    }

    /** A handler that did not return for long may have lost the loop, which has another thread then: this one does nothing. */
    private static void requireLoop(Carrier by) {
        if (!by.inLoop()) {
            throw new IllegalStateException("The handler did not return, and its loop has another thread now");
        }
    }

    /** The call has returned, and the exchange goes on: the read buffer is going to be used again. */
    public void outlive() {
        if (responding) {
            int _ = request().share();
            head.keep();
            body.called();
            loop.slowHandlers().watch(waiting, required(sender.carrier()).reactor());
        }
        giveAway();
    }

    /** Takes what it can of the body, and gives it to the handler. */
    public void take(ByteBuffer in) {
        int before = in.remaining();
        body.take(in);
        if (before > in.remaining()) {
            loop.slowHandlers().goOn(waiting);
        }
    }

    /** There is room again for what is written. */
    public void drained() {
        sender.drained();
    }

    /** The body cannot be read to its end: that status is sent, or the response aborted when it has begun. */
    public void bodyFailed(int status, IOException cause) {
        if (responding) {
            faults.bodyFailed(status, cause);
        }
    }

    /**
     * The client is gone.
     *
     * @param unsent bytes of the response that have not reached the client, as far as it is known
     */
    public void lost(Throwable cause, long unsent) {
        if (leaving) {
            tellEnd(Math.max(0, toldBytes - unsent), cause);
            return;
        }
        BodyHandler told = body.fail(cause);
        if (responding) {
            responding = false;
            int _ = request().share();
            head.keep(); // it stays readable: its handler need not know yet
            long sent = Math.max(0, sender.sent() - unsent);
            sender.interception().end(request(), response().status(), sent, cause);
            boolean _ = request().become(Turn.DROPPED);
            ended();
        }
        giveAway();
        InboundBody.tellFailed(told, cause);
    }

    /**
     * Whether its response is complete, and waits with its carrier until the client takes it. The carrier calls {@link #left} or
     * {@link #lost} then.
     */
    public boolean isLeaving() {
        return leaving;
    }

    /** The client has taken what {@link #isLeaving waited}. */
    public void left() {
        tellEnd(toldBytes, null);
    }

    private void tellEnd(long bytes, @Nullable Throwable failure) {
        leaving = false;
        sender.interception().end(request(), toldStatus, bytes, failure);
        boolean _ = request().end();
        head.end(true);
    }

    /** Nothing is left of it with its carrier: a handler that is gone is not held by one that waits. */
    public void release() {
        body.end();
    }

    /** Whether its response is not complete yet, and can still be. */
    public boolean isResponding() {
        return responding;
    }

    public InboundBody body() {
        return body;
    }

    public OutgoingResponse response() {
        return sender.response();
    }

    /** The request line, for people; on any thread, of something that may change meanwhile. */
    public String line() {
        return head.line();
    }

    // ---- its parts

    /** What its handler has of the request. */
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

    /** It is never used again: it goes on after the call, or another thread has looked at it. */
    void giveAway() {
        loop.giveAway(this);
    }

    private void complete(int status, long sent) {
        Carrier by = required(sender.carrier());
        responding = false;
        boolean waits = !sender.interception().isEmpty() && !by.hasLeft();
        boolean reusable = waits ? leave(status, sent) : over(status, sent);
        ended();
        if (reusable) {
            resource = null; // nothing holds a handler that is gone
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

    /** It can be read until it is told how the response has left. */
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
        faults.handlerFailed(fault);
    }

    private boolean isUnsent() {
        return responding && sender.isHolding();
    }

    /**
     * Takes the response from the handler, which is not told.
     *
     * @return whether nothing of it was sent yet, so that another can be
     */
    boolean drop() {
        RequestHandle its = request();
        return its.become(Turn.DROPPED) || its.isDropped() || sender.dropStream();
    }

    /**
     * Takes the response from a handler that is too late: what it calls from now on throws.
     *
     * @return whether nothing of it was sent yet, so that another can be
     */
    boolean takeUnsent() {
        return request().become(Turn.TAKEN) || sender.dropStream();
    }

    /** What its body and its response tell it. */
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
            faults.handlerFailed(fault);
        }

        @Override
        public void interceptorFailed(Throwable fault) {
            Exchange.this.request().takeBack();
            faults.handlerFailed(fault);
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
        public void abort(Throwable cause) {
            Exchange.this.abort(cause);
        }

        @Override
        public void complete(int status, long sent) {
            Exchange.this.complete(status, sent);
        }
    }
}
