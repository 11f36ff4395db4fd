package org.pollux.http.server.exchange;

import java.util.List;
import org.pollux.http.server.syntax.HttpVersion;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.Status;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;

/**
 * The head of a response that is going to be sent: what a handler, or the server, has set. It serves one response after the
 * other; a handler reaches it by its {@link ResponseHandle} only.
 */
public final class OutgoingResponse {

    private static final List<String> METADATA =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Range");

    private final Bytes fields = new Bytes(128);
    private int status;
    private boolean headOnly;
    private boolean tunnel;
    private boolean old;

    OutgoingResponse() {}

    /** On the loop: it is going to be asked for. */
    void begin(Method asked, HttpVersion by) {
        begin(asked == Method.HEAD, by == HttpVersion.HTTP_1_0);
        tunnel = asked == Method.CONNECT;
    }

    private void begin(boolean withoutBody, boolean byOldClient) {
        headOnly = withoutBody;
        tunnel = false;
        old = byOldClient;
        status = 200;
        fields.wipe();
    }

    /** On the loop: begins a response that the server gives by itself. */
    public void beginOwn(int code, String type, boolean withoutBody, boolean byOldClient) {
        begin(withoutBody, byOldClient);
        status = code;
        add("Content-Type", type);
        if (code == 426) { // which must name what is spoken here (RFC 9110, section 15.5.22)
            add("Connection", "upgrade").add("Upgrade", "HTTP/1.1");
        }
    }

    public int status() {
        return status;
    }

    void status(int code) {
        status = code;
    }

    /** The field lines, each with its CRLF. */
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
    boolean isEmpty() {
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
}
