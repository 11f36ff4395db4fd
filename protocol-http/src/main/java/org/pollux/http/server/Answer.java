package org.pollux.http.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;

/**
 * The insides of a response: what is going to be sent, and what became of it. They serve one response after the other; a
 * handler reaches them by its {@link ResponseHandle} only.
 */
final class Answer {

    private static final List<String> METADATA =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Range");

    private final Exchange exchange;
    private final Bytes fields = new Bytes(128);
    private @Nullable Conversation conversation;
    private @Nullable StreamedAnswer stream;
    private int status;
    private boolean headOnly;
    private boolean tunnel;
    private boolean old;

    Answer(Exchange exchange) {
        this.exchange = exchange;
    }

    /** On the loop: it is going to be asked for. */
    void begin(Conversation to, Method asked, boolean byOldClient) {
        begin(to, asked == Method.HEAD, byOldClient);
        tunnel = asked == Method.CONNECT;
    }

    private void begin(Conversation to, boolean withoutBody, boolean byOldClient) {
        conversation = to;
        stream = null;
        headOnly = withoutBody;
        tunnel = false;
        old = byOldClient;
        status = 200;
        fields.wipe();
    }

    /** On the loop: begins a response that the server gives by itself. */
    void beginOwn(Conversation to, int code, String type, boolean withoutBody, boolean byOldClient) {
        begin(to, withoutBody, byOldClient);
        status = code;
        add("Content-Type", type);
        if (code == 426) { // which must name what is spoken here (RFC 9110, section 15.5.22)
            add("Connection", "upgrade").add("Upgrade", "HTTP/1.1");
        }
    }

    int status() {
        return status;
    }

    void status(int code) {
        status = code;
    }

    Bytes fields() {
        return fields;
    }

    Answer add(String name, String value) {
        fields.add(name).add(": ").add(value).add("\r\n");
        return this;
    }

    void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    void remove(String name) {
        FieldLines lines = lines();
        for (int line = lines.find(0, name); line >= 0; line = lines.find(line, name)) {
            fields.remove(line, lines.next(line));
            lines = lines();
        }
    }

    /**
     * Leaves out what a 304 does not say of what it does not send (RFC 9110, section 15.4.5). Until here interceptors saw it, so
     * that they can treat a 304 as they treat the 200 that it stands for.
     */
    void removeMetadata() {
        for (String name : METADATA) {
            remove(name);
        }
    }

    FieldLines lines() {
        return new FieldLines(fields.content(), 0, fields.size());
    }

    /** Whether the request was HEAD: the body counts, and is not sent. */
    boolean isHeadOnly() {
        return headOnly;
    }

    /** Whether what it says is complete with its head, whatever its handler writes (RFC 9112, section 6.3). */
    boolean isBodyless() {
        return headOnly || isEmpty();
    }

    /** Whether its status says so, whatever the request was. */
    boolean isEmpty() {
        return !Status.allowsBody(status) || isTunnel();
    }

    boolean allowsLength() {
        return Status.allowsLength(status) && !isTunnel();
    }

    /** Whether it accepts a CONNECT: it has no body and no length, and what follows is not HTTP (RFC 9110, section 9.3.6). */
    boolean isTunnel() {
        return tunnel && status < 300;
    }

    /** Whether its client speaks HTTP/1.0: it knows no chunks, and a connection that stays open is mentioned to it. */
    boolean isOld() {
        return old;
    }

    /** Where it is sent; null when the exchange has ended. */
    @Nullable
    Conversation conversation() {
        return conversation;
    }

    /** It becomes a response in pieces. */
    StreamedAnswer stream(Conversation to, long length) {
        StreamedAnswer begun = new StreamedAnswer(to, exchange, length);
        stream = begun;
        return begun;
    }

    /** The response in pieces that this became, if it did. */
    @Nullable
    StreamedAnswer streamed() {
        return stream;
    }

    /** Closes what a call that has returned has left open, if it was a stream for one that blocks. */
    void closeOutput() {
        StreamedAnswer begun = stream;
        if (begun != null) {
            begun.closeOutput();
        }
    }

    /** On the loop: whether nothing of it has left yet. */
    boolean isUnsent() {
        StreamedAnswer begun = stream;
        return begun == null || begun.isHolding();
    }

    /**
     * On the loop: takes the response from the handler, which is not told.
     *
     * @return whether nothing of it was sent yet, so that another can be given
     */
    boolean drop() {
        RequestHandle request = exchange.request();
        if (request.become(Turn.DROPPED)) {
            return true;
        }
        StreamedAnswer begun = stream;
        return request.isDropped() || (begun != null && begun.drop());
    }

    /**
     * On the loop: takes the response from a handler that is too late: what it calls from now on throws.
     *
     * @return whether nothing of it was sent yet, so that another can be given
     */
    boolean takeUnsent() {
        StreamedAnswer begun = stream;
        return exchange.request().become(Turn.TAKEN) || (begun != null && begun.drop());
    }

    /** On the loop: the exchange has ended. */
    void ended() {
        conversation = null;
        StreamedAnswer begun = stream;
        if (begun != null) {
            stream = null;
            begun.ended();
        }
    }
}
