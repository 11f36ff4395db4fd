package org.pollux.http.server.exchange;

import java.util.List;
import java.util.OptionalLong;
import org.pollux.http.BodyEncoder;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.ResponseHead;
import org.pollux.http.server.syntax.FieldSyntax;
import org.pollux.http.wire.FieldLines;

/**
 * The head of a response as an interceptor sees it, with its fields: during its call, on its thread. It refers to the
 * insides of the response, which soon serve another one. Therefore each method throws afterwards.
 */
final class InterceptedHead implements ResponseHead, HeadersView {

    private final Request request;
    private final OutgoingResponse response;
    private final long length;
    private final List<BodyEncoder> encoders;
    private final Thread thread = Thread.currentThread();
    private boolean over;

    InterceptedHead(Request request, OutgoingResponse response, long length, List<BodyEncoder> encoders) {
        this.request = request;
        this.response = response;
        this.length = length;
        this.encoders = encoders;
    }

    /** The interceptors have returned. */
    void end() {
        over = true;
    }

    private OutgoingResponse response() {
        if (over || Thread.currentThread() != thread) {
            throw new IllegalStateException("The head of a response is for the call of onHead and its thread:"
                    + " read and keep there all values that are needed later");
        }
        return response;
    }

    @Override
    public FieldLines lines() {
        return response().lines();
    }

    // ---- ResponseHead

    @Override
    public Request request() {
        OutgoingResponse _ = response();
        return request;
    }

    @Override
    public int status() {
        return response().status();
    }

    @Override
    public Headers headers() {
        OutgoingResponse _ = response();
        return this;
    }

    @Override
    public OptionalLong length() {
        OutgoingResponse _ = response();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public ResponseHead header(String name, String value) {
        OutgoingResponse changed = response();
        FieldSyntax.require(name, value);
        changed.add(name, value);
        return this;
    }

    @Override
    public ResponseHead setHeader(String name, String value) {
        OutgoingResponse changed = response();
        FieldSyntax.require(name, value);
        changed.set(name, value);
        return this;
    }

    @Override
    public ResponseHead removeHeader(String name) {
        response().remove(name);
        return this;
    }

    @Override
    public ResponseHead encode(BodyEncoder encoder) {
        OutgoingResponse _ = response();
        encoders.add(encoder);
        return this;
    }
}
