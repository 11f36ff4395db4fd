package org.pollux.http.server.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.h1.Http1Conversation;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.Status;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;

/**
 * The insides of a response: what is going to be sent, and what became of it. They serve one response after the other; a
 * handler reaches them by its {@link ResponseHandle} only.
 */
public final class OutgoingResponse {

    private static final List<String> METADATA =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Range");

    private final Exchange exchange;
    private final Bytes fields = new Bytes(128);
    private @Nullable Http1Conversation conversation;
    private @Nullable StreamedResponse stream;
    private int status;
    private boolean headOnly;
    private boolean tunnel;
    private boolean old;

    OutgoingResponse(Exchange exchange) {
        this.exchange = exchange;
    }

    /** On the loop: it is going to be asked for. */
    void begin(Http1Conversation to, Method asked, boolean byOldClient) {
        begin(to, asked == Method.HEAD, byOldClient);
        tunnel = asked == Method.CONNECT;
    }

    private void begin(Http1Conversation to, boolean withoutBody, boolean byOldClient) {
        conversation = to;
        stream = null;
        headOnly = withoutBody;
        tunnel = false;
        old = byOldClient;
        status = 200;
        fields.wipe();
    }

    /** On the loop: begins a response that the server gives by itself. */
    public void beginOwn(Http1Conversation to, int code, String type, boolean withoutBody, boolean byOldClient) {
        begin(to, withoutBody, byOldClient);
        status = code;
        add("Content-Type", type);
        if (code == 426) { // which must name what is spoken here (RFC 9110, section 15.5.22)
            add("Connection", "upgrade").add("Upgrade", "HTTP/1.1");
        }
    }

    public int status() {
        return status;
    }

    public void status(int code) {
        status = code;
    }

    public Bytes fields() {
        return fields;
    }

    OutgoingResponse add(String name, String value) {
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
    public void removeMetadata() {
        for (String name : METADATA) {
            remove(name);
        }
    }

    FieldLines lines() {
        return new FieldLines(fields.content(), 0, fields.size());
    }

    /** Whether the request was HEAD: the body counts, and is not sent. */
    public boolean isHeadOnly() {
        return headOnly;
    }

    /** Whether what it says is complete with its head, whatever its handler writes (RFC 9112, section 6.3). */
    public boolean isBodyless() {
        return headOnly || isEmpty();
    }

    /** Whether its status says so, whatever the request was. */
    public boolean isEmpty() {
        return !Status.allowsBody(status) || isTunnel();
    }

    public boolean allowsLength() {
        return Status.allowsLength(status) && !isTunnel();
    }

    /** Whether it accepts a CONNECT: it has no body and no length, and what follows is not HTTP (RFC 9110, section 9.3.6). */
    public boolean isTunnel() {
        return tunnel && status < 300;
    }

    /** Whether its client speaks HTTP/1.0: it knows no chunks, and a connection that stays open is mentioned to it. */
    public boolean isOld() {
        return old;
    }

    /** Where it is sent; null when the exchange has ended. */
    @Nullable
    Http1Conversation conversation() {
        return conversation;
    }

    /** It becomes a response in pieces. */
    StreamedResponse stream(Http1Conversation to, long length) {
        StreamedResponse begun = new StreamedResponse(to, exchange, length);
        stream = begun;
        return begun;
    }

    /** The response in pieces that this became, if it did. */
    @Nullable
    public StreamedResponse streamed() {
        return stream;
    }

    /** Closes what a call that has returned has left open, if it was a stream for one that blocks. */
    void closeOutput() {
        StreamedResponse begun = stream;
        if (begun != null) {
            begun.closeOutput();
        }
    }

    /** On the loop: whether nothing of it has left yet. */
    public boolean isUnsent() {
        StreamedResponse begun = stream;
        return begun == null || begun.isHolding();
    }

    /**
     * On the loop: takes the response from the handler, which is not told.
     *
     * @return whether nothing of it was sent yet, so that another can be given
     */
    public boolean drop() {
        RequestHandle request = exchange.request();
        if (request.become(Turn.DROPPED)) {
            return true;
        }
        StreamedResponse begun = stream;
        return request.isDropped() || (begun != null && begun.drop());
    }

    /**
     * On the loop: takes the response from a handler that is too late: what it calls from now on throws.
     *
     * @return whether nothing of it was sent yet, so that another can be given
     */
    public boolean takeUnsent() {
        StreamedResponse begun = stream;
        return exchange.request().become(Turn.TAKEN) || (begun != null && begun.drop());
    }

    /** On the loop: the exchange has ended. */
    void ended() {
        conversation = null;
        StreamedResponse begun = stream;
        if (begun != null) {
            stream = null;
            begun.ended();
        }
    }
}
