package org.pollux.http.server.exchange;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pollux.http.BodyEncoder;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.ResponseHead;
import org.pollux.http.server.syntax.FieldSyntax;
import org.pollux.http.wire.FieldLines;

/**
 * The head of a response as an interceptor sees it, with its fields: during its call, on its thread. It knows the insides of
 * the response, which serve another one soon, so that each method throws afterwards.
 */
final class InterceptedHead implements ResponseHead, Headers {

    private final Request request;
    private final OutgoingResponse answer;
    private final long length;
    private final List<BodyEncoder> encoders;
    private final Thread thread = Thread.currentThread();
    private boolean over;

    InterceptedHead(Request request, OutgoingResponse answer, long length, List<BodyEncoder> encoders) {
        this.request = request;
        this.answer = answer;
        this.length = length;
        this.encoders = encoders;
    }

    /** The interceptors have returned. */
    void end() {
        over = true;
    }

    private OutgoingResponse answer() {
        if (over || Thread.currentThread() != thread) {
            throw new IllegalStateException("The head of a response is for the call of onHead and its thread:"
                    + " what is needed later must be read and kept there");
        }
        return answer;
    }

    private FieldLines lines() {
        return answer().lines();
    }

    // ---- ResponseHead

    @Override
    public Request request() {
        OutgoingResponse _ = answer();
        return request;
    }

    @Override
    public int status() {
        return answer().status();
    }

    @Override
    public Headers headers() {
        OutgoingResponse _ = answer();
        return this;
    }

    @Override
    public OptionalLong length() {
        OutgoingResponse _ = answer();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public ResponseHead header(String name, String value) {
        OutgoingResponse changed = answer();
        FieldSyntax.requireName(name);
        FieldSyntax.requireValue(name, value);
        changed.add(name, value);
        return this;
    }

    @Override
    public ResponseHead setHeader(String name, String value) {
        OutgoingResponse changed = answer();
        FieldSyntax.requireName(name);
        FieldSyntax.requireValue(name, value);
        changed.set(name, value);
        return this;
    }

    @Override
    public ResponseHead removeHeader(String name) {
        answer().remove(name);
        return this;
    }

    @Override
    public ResponseHead encode(BodyEncoder encoder) {
        OutgoingResponse _ = answer();
        encoders.add(encoder);
        return this;
    }

    // ---- Headers

    @Override
    public Optional<String> first(String name) {
        return lines().first(name);
    }

    @Override
    public List<String> all(String name) {
        return lines().all(name);
    }

    @Override
    public Iterator<Header> iterator() {
        return lines().iterator();
    }
}
