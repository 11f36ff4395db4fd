package org.pollux.http.server.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.EventStream;
import org.pollux.http.Headers;
import org.pollux.http.Problem;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.syntax.FieldSyntax;
import org.pollux.http.server.syntax.Status;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response to one request as its handler sees it. The first send is the response; each later one throws. On the loop's
 * thread the response is written at once. From any other thread, a task takes its bytes to the loop.
 *
 * <p>While only the loop's thread uses this, nothing is locked. When other threads use it, a lock separates their changes
 * from the response that is being sent.
 */
final class ResponseHandle implements Response, HeadersView {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseHandle.class);
    private static final byte[] NO_BODY = {};

    private final RequestHandle request;

    ResponseHandle(RequestHandle request) {
        this.request = request;
    }

    /** Whether the response can be changed; false when it was dropped. */
    private boolean isOpen() {
        int state = request.enter();
        if ((state & Turn.TAKEN) != 0) {
            throw new IllegalStateException(
                    "The response was sent already, by a handler or filter, or by the server (as"
                            + " after responseTimeout): it can be sent once only, and not be changed afterwards");
        }
        return (state & Turn.OPEN) != 0;
    }

    private Exchange exchange() {
        return request.exchange();
    }

    @Override
    public Response status(int code) {
        boolean open = isOpen();
        if (!Status.isFinal(code)) {
            throw new IllegalArgumentException("A status is from 200 to 599, but this is " + code);
        }
        if (open && !request.isShared()) {
            exchange().response().status(code);
        } else if (open) {
            synchronized (request.lock()) {
                if (isOpen()) {
                    exchange().response().status(code);
                }
            }
        }
        return this;
    }

    @Override
    public int status() {
        boolean _ = isOpen();
        return (request.enter() & Turn.OVER) == 0 ? exchange().response().status() : 200;
    }

    @Override
    public Response header(String name, String value) {
        boolean open = isOpen();
        FieldSyntax.require(name, value);
        if (open && !request.isShared()) {
            exchange().response().add(name, value);
        } else if (open) {
            synchronized (request.lock()) {
                if (isOpen()) {
                    exchange().response().add(name, value);
                }
            }
        }
        return this;
    }

    @Override
    public Response setHeader(String name, String value) {
        FieldSyntax.require(name, value);
        return change(sender -> sender.response().set(name, value));
    }

    @Override
    public Response removeHeader(String name) {
        return change(sender -> sender.response().remove(name));
    }

    /** Applies a rare change, which allocates. Frequent changes allocate nothing. */
    private Response change(Consumer<ResponseSender> change) {
        boolean open = isOpen();
        if (open && !request.isShared()) {
            change.accept(exchange().sender());
        } else if (open) {
            synchronized (request.lock()) {
                if (isOpen()) {
                    change.accept(exchange().sender());
                }
            }
        }
        return this;
    }

    @Override
    public Headers headers() {
        boolean _ = isOpen();
        return this;
    }

    @Override
    public boolean isSent() {
        return (request.enter() & Turn.OPEN) == 0;
    }

    @Override
    public Response intercept(ResponseInterceptor interceptor) {
        return change(sender -> sender.interception().add(interceptor));
    }

    @Override
    public Response inform(int code, String... fields) {
        boolean open = isOpen();
        if (!Status.isInterim(code)) {
            throw new IllegalArgumentException(
                    "The status of an interim response is from 102 to 199, but this is " + code
                            + ": the server itself sends 100, when the body is read, and 101, when the protocol changes");
        }
        Bytes lines = lines(fields);
        Carrier to = open ? exchange().sender().carrier() : null;
        if (to != null) { // otherwise the response was dropped
            ResponseSender sender = exchange().sender();
            to.onLoop(() -> sender.inform(code, lines));
        }
        return this;
    }

    private static Bytes lines(String... fields) {
        if (fields.length % 2 != 0) {
            throw new IllegalArgumentException("The field " + fields[fields.length - 1] + " has no value");
        }
        Bytes lines = new Bytes(128);
        for (int i = 0; i < fields.length; i += 2) {
            FieldSyntax.require(fields[i], fields[i + 1]);
            lines.add(fields[i]).add(": ").add(fields[i + 1]).add("\r\n");
        }
        return lines;
    }

    @Override
    public void send() {
        send(NO_BODY);
    }

    @Override
    public void send(byte[] body) {
        Carrier to = claim(body.length);
        if (to == null) {
            return;
        }
        Exchange from = exchange();
        if (to.inLoop()) {
            from.sender().respond(body);
        } else {
            byte[] copy = body.clone();
            to.execute(() -> from.sender().respond(copy));
        }
    }

    @Override
    public void send(ByteBuffer body) {
        Carrier to = claim(body.remaining());
        if (to == null) {
            body.position(body.limit());
            return;
        }
        Exchange from = exchange();
        if (to.inLoop()) {
            from.sender().respond(body);
        } else {
            ByteBuffer copy = ByteBuffer.allocate(body.remaining()).put(body).flip();
            to.execute(() -> from.sender().respond(copy));
        }
    }

    @Override
    public void send(FileChannel file, long from, long count) {
        Carrier to;
        try {
            to = claimPart(from, count);
        } catch (RuntimeException | Error fault) {
            close(file);
            throw fault;
        }
        if (to == null) {
            close(file);
            return;
        }
        Exchange sending = exchange();
        StreamedResponse body = sending.sender().stream(to, count);
        body.onClosed(() -> close(file));
        to.onLoop(new FileResponse(file, from, count, body, to, sending.loop().streams()));
    }

    private @Nullable Carrier claimPart(long from, long count) {
        if (from < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "A part of a file begins and ends in it, but this has " + count + " bytes from " + from);
        }
        return claim(count);
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("A file did not close well", e);
        }
    }

    @Override
    public void sendError(int code) {
        if (code < 400) {
            throw new IllegalArgumentException("The status of an error is from 400 to 599, but this is " + code);
        }
        status(code);
        if (isOpen()) {
            Carrier to = exchange().sender().carrier();
            if (to != null) { // otherwise the response was dropped
                ErrorBody body = exchange().resource().errorBody(code, request);
                setHeader("Content-Type", body.type());
                if (Faults.isNegotiated(body)) {
                    header("Vary", "Accept");
                }
                send(body.text());
            }
        }
    }

    @Override
    public void sendProblem(Problem problem) {
        if (isOpen()) {
            request.attribute(Problem.class, problem);
        }
        sendError(problem.status());
    }

    @Override
    public ResponseStream stream() {
        return begin(Carrier.UNKNOWN);
    }

    @Override
    public ResponseStream stream(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("A length is not negative, but this is " + length);
        }
        return begin(length);
    }

    @Override
    public ResponseStream upgrade(String protocol) {
        if (isOpen()) {
            requireUpgradable(protocol);
        }
        Carrier to = claim(Carrier.UNKNOWN);
        if (to == null) {
            return DroppedStream.INSTANCE;
        }
        Exchange from = exchange();
        from.response().upgrade(protocol);
        StreamedResponse begun = from.sender().stream(to, Carrier.UNKNOWN);
        begun.flush();
        return begun;
    }

    private void requireUpgradable(String protocol) {
        if (!request.offersUpgrade(protocol)) {
            throw new IllegalStateException("The client does not offer to continue with '" + protocol
                    + "': ask Request.offersUpgrade before, and respond with 426 otherwise");
        }
        if (exchange().body().isAsked()) {
            throw new IllegalStateException("The body was asked for already: upgrade first, and then read");
        }
    }

    private ResponseStream begin(long length) {
        Carrier to = claim(length);
        if (to == null) {
            return DroppedStream.INSTANCE;
        }
        return exchange().sender().stream(to, length);
    }

    @Override
    public EventStream events() {
        setHeader("Content-Type", "text/event-stream");
        if (headers().first("Cache-Control").isEmpty()) {
            setHeader("Cache-Control", "no-store");
        }
        Carrier to = claim(Carrier.UNKNOWN);
        if (to == null) {
            return DroppedEvents.INSTANCE;
        }
        Exchange from = exchange();
        return StreamedEvents.begin(
                from.sender().stream(to, Carrier.UNKNOWN),
                to,
                request.headers().first("Last-Event-ID"),
                from.resource().departure());
    }

    /** Takes the response, to send it; null when it was dropped. */
    private @Nullable Carrier claim(long length) {
        if (!isOpen()) {
            return null;
        }
        Exchange sending = exchange();
        int status = sending.response().status();
        if (length != 0 && !Status.allowsBody(status)) {
            throw new IllegalStateException("A response with status " + status + " has no body: use send()");
        }
        return request.takeUnshared() || takeShared() ? sending.sender().carrier() : null;
    }

    private boolean takeShared() {
        synchronized (request.lock()) {
            return isOpen() && request.become(Turn.TAKEN);
        }
    }

    // ---- Headers

    @Override
    public FieldLines lines() {
        if (!isOpen()) {
            return FieldLines.NONE;
        }
        if (!request.isShared()) {
            return exchange().response().lines();
        }
        synchronized (request.lock()) {
            return isOpen() ? exchange().response().lines().copy() : FieldLines.NONE;
        }
    }

    // ---- for a handler that blocks

    /**
     * Called before its own thread begins: the insides are not reused for another request. Returns the carrier; null when
     * the request is over.
     */
    @Nullable
    Carrier share() {
        return (request.share() & Turn.OVER) == 0 ? request.kept().sender().carrier() : null;
    }

    /** Called on its thread when the call has returned: closes the stream that the handler has opened and not passed on. */
    void returned() {
        if ((request.enter() & Turn.OVER) == 0) {
            exchange().sender().closeOutput();
        }
    }

    /** Called on its thread when the call has failed. */
    void failed(Throwable fault) {
        boolean over = (request.enter() & Turn.OVER) != 0;
        Carrier to = over ? null : exchange().sender().carrier();
        if (to == null && StreamOver.isCauseOf(fault)) {
            LOG.debug("A handler used a stream whose request was over", fault);
        } else if (to == null) {
            LOG.error("A handler failed; its request was over already", fault);
        } else {
            Exchange from = exchange();
            to.execute(() -> from.handlerFailed(fault));
        }
    }
}
