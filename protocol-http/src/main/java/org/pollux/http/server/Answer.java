package org.pollux.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.wire.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a request, as its handler sees it. Whoever sends first has answered. On the loop's thread the answer is
 * written at once; from any other its bytes are taken to the loop, in a task.
 *
 * <pre>
 *   begin ──▶ OPEN ──send, stream──▶ TAKEN
 *               │                      │ a stream of which nothing was sent yet
 *               └──the server answers──┴──▶ DROPPED     the handler may go on, and nobody hears it
 * </pre>
 */
final class Answer implements Response {

    private enum State {
        OPEN,
        TAKEN,
        DROPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final byte[] NO_BODY = {};

    private final Exchange exchange;
    private final Bytes fields = new Bytes(128);
    private final AtomicReference<State> state = new AtomicReference<>(State.TAKEN);
    private @Nullable Conversation conversation;
    private @Nullable StreamedAnswer stream;
    private int status;
    private boolean headOnly;
    private boolean old;

    Answer(Exchange exchange) {
        this.exchange = exchange;
    }

    /** On the loop: it is going to be asked for. */
    void begin(Conversation to, boolean withoutBody, boolean byOldClient) {
        conversation = to;
        stream = null;
        headOnly = withoutBody;
        old = byOldClient;
        status = 200;
        fields.clear();
        state.setRelease(State.OPEN);
    }

    int status() {
        return status;
    }

    Bytes fields() {
        return fields;
    }

    /** Whether the request was HEAD: the body counts, and is not sent. */
    boolean isHeadOnly() {
        return headOnly;
    }

    /** Whether its client speaks HTTP/1.0: it knows no chunks, and a connection that stays open is mentioned to it. */
    boolean isOld() {
        return old;
    }

    // ---- for the handler

    @Override
    public Response status(int code) {
        requireOpen();
        if (!Status.isFinal(code)) {
            throw new IllegalArgumentException("A status is from 200 to 599, but this is " + code);
        }
        status = code;
        return this;
    }

    @Override
    public Response header(String name, String value) {
        requireOpen();
        FieldSyntax.requireName(name);
        FieldSyntax.requireValue(name, value);
        add(name, value);
        return this;
    }

    Answer add(String name, String value) {
        fields.add(name).add(": ").add(value).add("\r\n");
        return this;
    }

    @Override
    public Response intercept(ResponseInterceptor interceptor) {
        requireOpen();
        exchange.interception().add(interceptor);
        return this;
    }

    @Override
    public void send() {
        send(NO_BODY);
    }

    @Override
    public void send(byte[] body) {
        Conversation to = claim(body.length);
        if (to == null) {
            return;
        }
        if (to.inLoop()) {
            to.answer(exchange, body);
        } else {
            byte[] copy = body.clone();
            to.execute(() -> to.answer(exchange, copy));
        }
    }

    @Override
    public void send(ByteBuffer body) {
        Conversation to = claim(body.remaining());
        if (to == null) {
            body.position(body.limit());
        } else if (to.inLoop()) {
            to.answer(exchange, body);
        } else {
            ByteBuffer copy = ByteBuffer.allocate(body.remaining()).put(body).flip();
            to.execute(() -> to.answer(exchange, copy));
        }
    }

    @Override
    public void send(FileChannel file, long from, long count) {
        if (from < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "A part of a file begins and ends in it, but this has " + count + " bytes from " + from);
        }
        Conversation to = claim(count);
        if (to == null) {
            close(file);
            return;
        }
        StreamedAnswer body = stream(to, count);
        body.onClosed(() -> close(file));
        to.onLoop(new FileAnswer(file, from, count, body, to));
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
        Conversation to = conversation;
        if (to != null) { // else it was lost, and nobody hears it
            ErrorBody body = to.loop().routes().errorBody(code, Optional.of(exchange.request()));
            header("Content-Type", body.type()).send(body.text());
        }
    }

    @Override
    public ResponseStream stream() {
        return begin(StreamedAnswer.UNKNOWN);
    }

    @Override
    public ResponseStream stream(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("A length is not negative, but this is " + length);
        }
        return begin(length);
    }

    private ResponseStream begin(long length) {
        Conversation to = claim(length);
        return to == null ? DroppedStream.INSTANCE : stream(to, length);
    }

    private StreamedAnswer stream(Conversation to, long length) {
        StreamedAnswer begun = new StreamedAnswer(to, exchange, length);
        stream = begun;
        return begun;
    }

    private @Nullable Conversation claim(long length) {
        if (length != 0 && !Status.allowsBody(status)) {
            throw new IllegalStateException("An answer with status " + status + " has no body: use send()");
        }
        if (!state.compareAndSet(State.OPEN, State.TAKEN)) {
            requireOpen();
            return null;
        }
        return conversation;
    }

    private void requireOpen() {
        if (state.get() == State.TAKEN) {
            throw new IllegalStateException("The response was sent already, and can be sent once only");
        }
    }

    // ---- for a handler that blocks, on its thread

    /** The call has returned: what it opened, and did not pass on, is closed. */
    void returned() {
        StreamedAnswer begun = stream;
        if (begun != null) {
            begun.closeOutput();
        }
    }

    /** The call has failed. */
    void failed(Throwable fault) {
        Conversation to = conversation;
        if (to != null) {
            to.execute(() -> to.handlerFailed(exchange, fault));
        }
    }

    // ---- for the server, on the loop

    /** Begins the answer that the server gives by itself. */
    void beginOwn(Conversation to, int code, String type, boolean withoutBody, boolean byOldClient) {
        begin(to, withoutBody, byOldClient);
        state.setRelease(State.TAKEN);
        status = code;
        add("Content-Type", type);
        if (code == 426) { // which must name what is spoken here (RFC 9110, section 15.5.22)
            add("Connection", "upgrade").add("Upgrade", "HTTP/1.1");
        }
    }

    /**
     * Takes the answer from the handler, who is not told.
     *
     * @return whether nothing of it was sent yet, so that another can be given
     */
    boolean drop() {
        if (state.compareAndSet(State.OPEN, State.DROPPED)) {
            return true;
        }
        StreamedAnswer begun = stream;
        return state.get() == State.DROPPED || (begun != null && begun.drop());
    }

    /** Nothing was written of what was sent. */
    void takeBack() {
        state.set(State.DROPPED);
    }

    /** The answer in pieces that this became, if it did. */
    @Nullable
    StreamedAnswer streamed() {
        return stream;
    }

    /** The answer has ended. */
    void ended() {
        state.compareAndSet(State.OPEN, State.DROPPED);
        conversation = null;
        StreamedAnswer begun = stream;
        if (begun != null) {
            stream = null;
            begun.ended();
        }
    }
}
