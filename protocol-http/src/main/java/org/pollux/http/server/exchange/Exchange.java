package org.pollux.http.server.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyHandler;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.wire.Bytes;

/**
 * The insides of a request, its body and its response: one set of objects, which serves one exchange at a time. Its handler
 * has handles to it, of which each exchange has its own; {@link Turn} says why they never reach the next one.
 *
 * <pre>
 *   begin ──▶ RESPONDING ──the response is complete──▶ COMPLETE     the carrier passes over what is left of the body
 *                 │
 *                 └─────── lost, aborted ────────────▶ LOST
 * </pre>
 *
 * <p>A {@link Carrier} says which methods a wire calls. For the loop's thread, except for what says otherwise.
 */
public final class Exchange {

    private static final Bytes NO_TRAILERS = new Bytes(0);

    private final ExchangeLoop loop;
    private final InboundBody body = new InboundBody(this);
    private final RequestHead head = new RequestHead();
    private final OutgoingResponse response = new OutgoingResponse();
    private final Interception interception = new Interception();
    private final SlowHandlers.Entry waiting = new SlowHandlers.Entry(this);
    private final Faults faults = new Faults(this);
    private @Nullable Carrier carrier;
    private @Nullable TargetResource resource;
    private @Nullable RequestHandle request;
    private @Nullable ResponseHandle handle;

    /** The response in pieces that this became, if it did. */
    private @Nullable StreamedResponse stream;

    private boolean responding;

    /** What filters keep with the request. It is replaced as a whole, so that any thread may look. */
    private volatile Map<Class<?>, Object> attributes = Map.of();

    Exchange(ExchangeLoop loop) {
        this.loop = loop;
    }

    // ---- what a wire calls

    /** Takes the head at the buffer's position, which was found whole. */
    public void begin(Carrier by, ByteBuffer in, HeadLayout layout, TargetResource target) {
        carrier = by;
        resource = target;
        head.begin(by, in, layout, target.pattern());
        body.begin(by, layout);
        response.begin(layout.method(), layout.version());
        interception.clear();
        responding = true;
        RequestHandle begun = new RequestHandle(this);
        request = begun;
        handle = new ResponseHandle(begun);
        in.position(in.position() + layout.length());
    }

    /** Calls the handler. What it throws becomes a response, or aborts one that has begun. */
    public void call() {
        Carrier by = required(carrier);
        try {
            required(resource).handler().handle(request(), required(handle));
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
            loop.slowHandlers().watch(waiting, required(carrier));
        }
        loop.giveAway(this);
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
        if (stream != null) {
            stream.drained();
        }
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
        BodyHandler told = body.fail(cause);
        if (responding) {
            responding = false;
            long sent = stream == null ? 0 : stream.sent();
            int _ = request().share();
            head.keep(); // it stays readable: its handler need not know yet
            interception.end(request(), response.status(), Math.max(0, sent - unsent), cause);
            boolean _ = request().become(Turn.DROPPED);
            ended();
        }
        loop.giveAway(this);
        InboundBody.tellFailed(told, cause);
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
        return response;
    }

    /** The request line, for people; on any thread, of something that may change meanwhile. */
    public String line() {
        return head.line();
    }

    // ---- what its handles ask

    /** What its handler has of the request. */
    RequestHandle request() {
        return required(request);
    }

    private static <T> T required(@Nullable T begun) {
        if (begun == null) {
            throw new IllegalStateException("No exchange has begun");
        }
        return begun;
    }

    RequestHead head() {
        return head;
    }

    Interception interception() {
        return interception;
    }

    TargetResource resource() {
        return required(resource);
    }

    ExchangeLoop loop() {
        return loop;
    }

    /** From any thread: what carries it; null when it has ended. */
    @Nullable
    Carrier carrier() {
        return carrier;
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

    // ---- the response

    void respond(byte[] whole) {
        if (!responding) {
            return;
        }
        if (interception.isEmpty()) {
            required(carrier).send(response, whole);
            complete(response.status(), response.isBodyless() ? 0 : whole.length);
        } else {
            respond(ByteBuffer.wrap(whole));
        }
    }

    void respond(ByteBuffer whole) {
        if (!responding) {
            return;
        }
        ByteBuffer shown;
        try {
            shown = interception.whole(request(), response, whole);
        } catch (RuntimeException | Error fault) {
            request().takeBack();
            faults.handlerFailed(fault);
            return;
        }
        respond(response, shown);
    }

    /** Sends this response, or one of the server's own in its place. */
    void respond(OutgoingResponse sent, ByteBuffer whole) {
        int length = sent.isBodyless() ? 0 : whole.remaining();
        if (sent.isHeadOnly() && !sent.isEmpty() && interception.encodes()) {
            required(carrier).begin(sent, Carrier.UNTOLD);
            required(carrier).finish(NO_TRAILERS);
        } else {
            required(carrier).send(sent, whole);
        }
        complete(sent.status(), length);
    }

    /** Any thread: it becomes a response in pieces. */
    StreamedResponse stream(Carrier by, long length) {
        StreamedResponse begun = new StreamedResponse(this, by, length);
        stream = begun;
        return begun;
    }

    /** Closes what a call that has returned has left open, if it was a stream for one that blocks. */
    void closeOutput() {
        StreamedResponse begun = stream;
        if (begun != null) {
            begun.closeOutput();
        }
    }

    /**
     * Sends the head of the response in pieces.
     *
     * @return the length of the body that was told, or {@link Carrier#UNKNOWN}
     */
    long beginStream(long length) {
        interception.head(request(), response, length);
        long told = interception.encodes() ? Carrier.UNKNOWN : length;
        told = response.isEmpty() ? 0 : told;
        required(carrier).begin(response, told);
        return told;
    }

    void finishStream(Bytes trailers, long sent) {
        if (responding) {
            required(carrier).finish(trailers);
            complete(response.status(), sent);
        }
    }

    private void complete(int status, long sent) {
        Carrier by = required(carrier);
        responding = false;
        interception.end(request(), status, sent, null);
        boolean reusable = request().end();
        if (!attributes.isEmpty()) {
            attributes = Map.of();
        }
        head.end(!reusable);
        ended();
        if (reusable) {
            resource = null; // nothing holds a handler that is gone
        } else {
            loop.giveAway(this); // another thread has looked at it
        }
        if (!body.isOver()) {
            body.passOver();
        }
        by.complete();
    }

    private void ended() {
        carrier = null;
        loop.slowHandlers().forget(waiting);
        StreamedResponse begun = stream;
        if (begun != null) {
            stream = null;
            begun.ended();
        }
    }

    // ---- what ends it in another way

    /** The response is given up. */
    void abort(Throwable cause) {
        if (responding) {
            required(carrier).abort(cause);
        }
    }

    void handlerFailed(Throwable fault) {
        faults.handlerFailed(fault);
    }

    void responseTimedOut(Duration timeout) {
        if (isUnsent()) {
            faults.responseTimedOut(timeout);
        }
    }

    /** Whether nothing of its response has left yet, though it is waited for. */
    boolean isUnsent() {
        StreamedResponse begun = stream;
        return responding && (begun == null || begun.isHolding());
    }

    /**
     * Takes the response from the handler, which is not told.
     *
     * @return whether nothing of it was sent yet, so that another can be
     */
    boolean drop() {
        RequestHandle its = request();
        if (its.become(Turn.DROPPED)) {
            return true;
        }
        StreamedResponse begun = stream;
        return its.isDropped() || (begun != null && begun.drop());
    }

    /**
     * Takes the response from a handler that is too late: what it calls from now on throws.
     *
     * @return whether nothing of it was sent yet, so that another can be
     */
    boolean takeUnsent() {
        StreamedResponse begun = stream;
        return request().become(Turn.TAKEN) || (begun != null && begun.drop());
    }
}
