package org.pollux.http.server.exchange;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.h1.HeadParser;
import org.pollux.http.server.h1.Http1Conversation;
import org.pollux.http.server.routing.ErrorPages;
import org.pollux.http.server.routing.Route;
import org.pollux.reactor.Connection;

/**
 * The insides of a request, its body and its response: one set of objects, which serves one exchange at a time. Its handler
 * has handles to it, of which each exchange has its own; {@link Turn} says why they never reach the next one.
 */
public final class Exchange {

    private final InboundBody body = new InboundBody(this);
    private final RequestHead head = new RequestHead();
    private final OutgoingResponse answer = new OutgoingResponse(this);
    private final Interception interception = new Interception();
    private @Nullable RequestHandle request;
    private @Nullable ResponseHandle response;

    /** Of the table that has its route, so that it sees one table only. */
    private ErrorPages pages = ErrorPages.NONE;

    /** What filters keep with the request. It is replaced as a whole, so that any thread may look. */
    private volatile Map<Class<?>, Object> attributes = Map.of();

    /** On the loop: takes the head at the buffer's position, which the parser has found whole. */
    public void begin(Http1Conversation from, Connection connection, ByteBuffer in, HeadParser parsed, Route route) {
        pages = route.pages();
        head.begin(connection, in, parsed, route.pattern());
        body.begin(from, parsed);
        answer.begin(from, parsed.method(), parsed.minorVersion() == 0);
        interception.clear();
        RequestHandle begun = new RequestHandle(this);
        request = begun;
        response = new ResponseHandle(begun);
    }

    /** What its handler has of the request. */
    public RequestHandle request() {
        return begun(request);
    }

    public ResponseHandle response() {
        return begun(response);
    }

    private static <T> T begun(@Nullable T handle) {
        if (handle == null) {
            throw new IllegalStateException("No exchange has begun");
        }
        return handle;
    }

    public RequestHead head() {
        return head;
    }

    public InboundBody body() {
        return body;
    }

    public OutgoingResponse answer() {
        return answer;
    }

    public ErrorPages pages() {
        return pages;
    }

    public Interception interception() {
        return interception;
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

    /** On the loop: the call returned without a response, and the read buffer is going to be used again. */
    public void keep() {
        int _ = request().share();
        head.keep();
        body.called();
    }

    /**
     * On the loop, once: the response is complete.
     *
     * @return whether this can serve another exchange, because no other thread has looked at it
     */
    public boolean complete(int status, long bytes) {
        interception.end(request(), status, bytes, null);
        boolean reusable = request().end();
        if (!attributes.isEmpty()) {
            attributes = Map.of();
        }
        head.end(!reusable);
        answer.ended();
        return reusable;
    }

    /** On the loop, once: the client is gone. The request stays readable, for its handler need not know yet. */
    public void lose(long bytes, Throwable cause) {
        int _ = request().share();
        head.keep();
        interception.end(request(), answer.status(), bytes, cause);
        boolean _ = request().become(Turn.DROPPED);
        answer.ended();
    }
}
