package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.pollux.reactor.Connection;

/** A request with its body, and the answer to it: one set of objects, which serves one exchange at a time. */
final class Exchange {

    private final InboundBody body = new InboundBody(this);
    private final RequestHead request = new RequestHead(body);
    private final Answer answer = new Answer(this);
    private final Interception interception = new Interception();

    /** On the loop: takes the head at the buffer's position, which the parser has found whole. */
    void begin(Conversation from, Connection connection, ByteBuffer in, HeadParser head, PathPattern pattern) {
        request.begin(connection, in, head, pattern);
        body.begin(from, head);
        answer.begin(from, head.method() == Method.HEAD, head.minorVersion() == 0);
        interception.clear();
    }

    RequestHead request() {
        return request;
    }

    InboundBody body() {
        return body;
    }

    Answer answer() {
        return answer;
    }

    Interception interception() {
        return interception;
    }

    /** On the loop: the call returned without an answer, and the read buffer is going to be used again. */
    void keep() {
        request.keep();
        body.called();
    }

    /** On the loop, once: the answer is complete. */
    void complete(int status, long bytes) {
        interception.end(request, status, bytes, Optional.empty());
        request.end();
        answer.ended();
    }

    /** On the loop, once: the client is gone. The request stays readable, for its handler need not know yet. */
    void lose(long bytes, Throwable cause) {
        interception.end(request, answer.status(), bytes, Optional.of(cause));
        answer.ended();
    }
}
