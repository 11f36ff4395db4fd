package org.pollux.http.server;

import java.util.List;
import java.util.OptionalLong;
import org.pollux.http.BodyEncoder;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.ResponseHead;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;

/** The head of an answer as an interceptor sees it. */
final class AnswerHead implements ResponseHead {

    private final Request request;
    private final Answer answer;
    private final long length;
    private final List<BodyEncoder> encoders;

    AnswerHead(Request request, Answer answer, long length, List<BodyEncoder> encoders) {
        this.request = request;
        this.answer = answer;
        this.length = length;
        this.encoders = encoders;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public int status() {
        return answer.status();
    }

    @Override
    public Headers headers() {
        return lines();
    }

    private FieldLines lines() {
        Bytes fields = answer.fields();
        return new FieldLines(fields.content(), 0, fields.size());
    }

    @Override
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public ResponseHead header(String name, String value) {
        FieldSyntax.requireName(name);
        FieldSyntax.requireValue(name, value);
        answer.add(name, value);
        return this;
    }

    @Override
    public ResponseHead removeHeader(String name) {
        FieldLines lines = lines();
        for (int line = lines.find(0, name); line >= 0; line = lines.find(line, name)) {
            answer.fields().remove(line, lines.next(line));
            lines = lines();
        }
        return this;
    }

    @Override
    public ResponseHead encode(BodyEncoder encoder) {
        encoders.add(encoder);
        return this;
    }
}
