package org.pollux.http.server.exchange;

import java.util.List;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HttpVersion;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.Status;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;

/**
 * The head of a response before it is sent, as set by a handler or by the server. It serves one response after the other. A
 * handler uses it only through its {@link ResponseHandle}.
 */
public final class OutgoingResponse {

    private static final List<String> METADATA =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Range");

    private final Bytes fields = new Bytes(128);
    private int status;
    private boolean headOnly;
    private boolean tunnel;
    private boolean old;

    /** Whether its client takes every 2xx for an upgrade, since it has asked by an extended CONNECT (RFC 8441). */
    private boolean upgradeOnly;

    /** Whether its wire has no field {@code Upgrade} (RFC 9113, section 8.2.2). */
    private boolean http2;

    /** Whether a field {@code Upgrade} was set. */
    private boolean namesUpgrade;

    /** The protocol with which the client continues; empty when it continues with none. */
    private String protocol = "";

    OutgoingResponse() {}

    /** Called on the loop: prepares for the response to a request. */
    void begin(HeadLayout asked) {
        begin(asked.method() == Method.HEAD, asked.version() == HttpVersion.HTTP_1_0);
        tunnel = asked.method() == Method.CONNECT;
        http2 = asked.version() == HttpVersion.HTTP_2;
        upgradeOnly = http2 && asked.isUpgradable();
    }

    private void begin(boolean withoutBody, boolean byOldClient) {
        headOnly = withoutBody;
        tunnel = false;
        upgradeOnly = false;
        protocol = "";
        http2 = false;
        namesUpgrade = false;
        old = byOldClient;
        status = 200;
        fields.wipe();
    }

    /** Called on the loop: begins a response that the server sends by itself. */
    public void beginOwn(int code, String type, boolean withoutBody, boolean byOldClient) {
        begin(withoutBody, byOldClient);
        status = code;
        add("Content-Type", type);
        if (code == 426) { // which must name the supported protocol (RFC 9110, section 15.5.22)
            add("Connection", "upgrade").add("Upgrade", "HTTP/1.1");
        }
    }

    public int status() {
        return status;
    }

    void status(int code) {
        status = code;
    }

    /** Makes it the acceptance of another protocol. */
    void upgrade(String to) {
        status = Status.SWITCHING;
        protocol = to;
    }

    /** Whether the client continues with another protocol: its body is that protocol's bytes in both directions. */
    public boolean isUpgrade() {
        return !protocol.isEmpty();
    }

    /** The protocol with which the client continues. */
    public String protocol() {
        return protocol;
    }

    /**
     * Called before it is shown and sent. The client would take any 2xx for an upgrade. {@code Upgrade} belongs to 426
     * (RFC 9110, section 15.5.22).
     */
    void settle() {
        if (upgradeOnly && status < 300 && !isUpgrade()) {
            status = 501;
        }
        if (namesUpgrade && (http2 || status != 426)) {
            remove("Upgrade");
        } else if (namesUpgrade) {
            add("Connection", "upgrade"); // RFC 9110, section 7.8
        }
        namesUpgrade = false;
    }

    /** The field lines, each with its CRLF. */
    public Bytes fields() {
        return fields;
    }

    OutgoingResponse add(String name, String value) {
        namesUpgrade |= name.length() == 7 && name.equalsIgnoreCase("Upgrade");
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
     * Removes the metadata that a 304 must not have about the content that it omits (RFC 9110, section 15.4.5).
     * Interceptors have seen these fields before, so they can treat a 304 like the 200 that it replaces.
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

    /** Whether the response is complete with its head, even if its handler writes a body (RFC 9112, section 6.3). */
    public boolean isBodyless() {
        return headOnly || isEmpty();
    }

    /** Whether its status excludes a body for every request. */
    boolean isEmpty() {
        return !Status.allowsBody(status) || isTunnel();
    }

    public boolean allowsLength() {
        return Status.allowsLength(status) && !isTunnel();
    }

    /**
     * Whether it accepts a CONNECT: it has no body and no length, and the following bytes are not HTTP (RFC 9110, section
     * 9.3.6).
     */
    public boolean isTunnel() {
        return tunnel && status < 300;
    }

    /**
     * Whether its client speaks HTTP/1.0: it does not understand chunks, and its response must say that the connection
     * stays open.
     */
    public boolean isOld() {
        return old;
    }
}
