package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;

/**
 * The answer to a request, and that request. Whoever sends first has answered. On the loop's thread the answer is written
 * at once; from any other its bytes are taken to the loop, in a task.
 */
final class Answer implements Response, Runnable {

    private static final byte[] NO_BODY = {};

    private final RequestHead request = new RequestHead();
    private final Bytes fields = new Bytes(128);
    private final AtomicBoolean answered = new AtomicBoolean(true);
    private @Nullable HttpConnection connection;
    private int status;
    private boolean headOnly;
    private boolean saysKeepAlive;

    /** What another thread has sent. */
    private byte[] posted = NO_BODY;

    /** On the loop: it is going to be asked for. */
    void begin(HttpConnection to, boolean withoutBody, boolean withKeepAlive) {
        connection = to;
        headOnly = withoutBody;
        saysKeepAlive = withKeepAlive;
        status = 200;
        fields.clear();
        answered.setRelease(false);
    }

    RequestHead request() {
        return request;
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

    /** Whether a connection that stays open is to be mentioned, as HTTP/1.0 wants it. */
    boolean saysKeepAlive() {
        return saysKeepAlive;
    }

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

    private Answer add(String name, String value) {
        fields.add(name).add(": ").add(value).add("\r\n");
        return this;
    }

    @Override
    public Response intercept(ResponseInterceptor interceptor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void send(FileChannel file, long from, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ResponseStream stream() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ResponseStream stream(long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void send() {
        send(NO_BODY);
    }

    @Override
    public void send(byte[] body) {
        HttpConnection to = claim(body.length);
        if (to.inLoop()) {
            to.answer(this, body);
        } else {
            posted = body.clone();
            to.post(this);
        }
    }

    @Override
    public void send(ByteBuffer body) {
        HttpConnection to = claim(body.remaining());
        if (to.inLoop()) {
            to.answer(this, body);
        } else {
            posted = new byte[body.remaining()];
            body.get(posted);
            to.post(this);
        }
    }

    /** On the loop: what another thread has sent. */
    @Override
    public void run() {
        HttpConnection to = connection;
        if (to != null) {
            to.answer(this, posted);
        }
    }

    /** On the loop: the server answers in the handler's place. False when he has answered already. */
    boolean sendInstead(int code) {
        HttpConnection to = connection;
        if (to == null || !answered.compareAndSet(false, true)) {
            return false;
        }
        request.end();
        status = code;
        fields.clear();
        add("Content-Type", "text/plain");
        if (code == 426) { // which must name what is spoken here (RFC 9110, section 15.5.22)
            add("Connection", "upgrade").add("Upgrade", "HTTP/1.1");
        }
        to.answer(this, OwnAnswers.body(code));
        return true;
    }

    /** On the loop: it was written. */
    void done() {
        connection = null;
        posted = NO_BODY;
    }

    private HttpConnection claim(int length) {
        if (length > 0 && !Status.allowsBody(status)) {
            throw new IllegalStateException(
                    "An answer with status " + status + " has no body, but " + length + " bytes were sent: use send()");
        }
        HttpConnection to = connection;
        if (to == null || !answered.compareAndSet(false, true)) {
            throw sent();
        }
        request.end();
        return to;
    }

    private void requireOpen() {
        if (answered.get()) {
            throw sent();
        }
    }

    private static IllegalStateException sent() {
        return new IllegalStateException("The response was sent already, and can be sent once only");
    }
}
