package org.pollux.http.server.syntax;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Octets;

/**
 * The positions of the parts of a request's head, in octets that the layout does not hold. Requests, routes and fields are
 * read through it, so they do not depend on the wire that has received the head.
 *
 * <pre>
 *   GET /users/4711?x=1 HTTP/1.1 CRLF Host: example.org CRLF Accept: text/html CRLF CRLF
 *       │          │   │              │     │          │                               │
 *       targetStart│   targetEnd      │     hostStart  hostEnd                         length
 *       pathStart  pathEnd            fieldsStart
 * </pre>
 *
 * <p>All offsets count from the first octet of the request line, which is at the position of the buffer when a method takes
 * one. A wire whose heads come in another form (HPACK) writes them out in this form, and fills the layout meanwhile: {@link
 * #reset}, {@link #method}, {@link #target}, {@link #host}, {@link #body}, {@link #end}. It serves one head after the
 * other, on the thread of the loop.
 */
public final class HeadLayout {

    private static final int NO_PATH = -1;

    private Method method = Method.UNKNOWN;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private int targetStart;
    private int targetEnd;
    private int pathStart = NO_PATH;
    private int pathEnd;
    private boolean plainPath;
    private int fieldsStart;
    private int hostStart;
    private int hostEnd;
    private int length;
    private BodyEnd bodyEnd = BodyEnd.LENGTH;
    private long bodyLength;
    private boolean expectsContinue;
    private boolean upgradable;

    // ---- set by a wire

    /** Prepares for the next head, of which nothing is known. */
    public void reset() {
        method = Method.UNKNOWN;
        targetStart = 0;
        targetEnd = 0;
        pathStart = NO_PATH;
        fieldsStart = 0;
        hostStart = 0;
        hostEnd = 0;
        length = 0;
        bodyEnd = BodyEnd.LENGTH;
        bodyLength = 0;
        expectsContinue = false;
        upgradable = false;
    }

    /** Sets the method. The target follows it after one space. */
    public void method(Method asked, int targetFrom) {
        method = asked;
        targetStart = targetFrom;
    }

    /**
     * Sets the end of the target, and finds the path in it.
     *
     * @return false when the path is malformed
     */
    public boolean target(ByteBuffer in, int targetTo) {
        targetEnd = targetTo;
        pathStart = NO_PATH;
        int start = in.position();
        int from = Target.pathStart(in, start + targetStart, start + targetTo);
        if (from < 0) {
            return false;
        }
        int to = Target.pathEnd(in, from, start + targetTo);
        plainPath = Target.isPlain(in, from, to);
        if (!plainPath && Target.path(in, from, to).isEmpty()) {
            return false;
        }
        pathStart = from - start;
        pathEnd = to - start;
        return true;
    }

    /** Sets the version, and the start of the first field line. */
    public void fields(HttpVersion spoken, int from) {
        version = spoken;
        fieldsStart = from;
    }

    /** Sets the range of the value of {@code Host}, or of its equivalent. */
    public void host(int from, int to) {
        hostStart = from;
        hostEnd = to;
    }

    /**
     * Sets the properties of the body that the head announces.
     *
     * @param octets the length; -1 when it is not known
     */
    public void body(BodyEnd end, long octets, boolean waitsForContinue) {
        bodyEnd = end;
        bodyLength = octets;
        expectsContinue = waitsForContinue;
    }

    /** The client offers to continue with a protocol that {@code Upgrade} names. */
    public void upgradable() {
        upgradable = true;
    }

    /** Sets the length of the whole head, including the empty line at its end. */
    public void end(int octets) {
        length = octets;
    }

    // ---- read by requests and routes

    public Method method() {
        return method;
    }

    /** The method as it was sent, even if {@link Method} does not know it. */
    public String methodName(ByteBuffer in) {
        int start = in.position();
        return method == Method.UNKNOWN ? Octets.string(in, start, start + targetStart - 1) : method.name();
    }

    public HttpVersion version() {
        return version;
    }

    public int targetStart() {
        return targetStart;
    }

    public int targetEnd() {
        return targetEnd;
    }

    /** Whether the target has a valid path. */
    public boolean hasPath() {
        return pathStart >= 0;
    }

    public int pathStart() {
        return pathStart;
    }

    public int pathEnd() {
        return pathEnd;
    }

    /** Whether the octets of the path are the path, with nothing to decode. */
    public boolean isPlainPath() {
        return plainPath;
    }

    /** The path as {@link org.pollux.http.Request#path} returns it: decoded, or the whole target when it has no path. */
    public String path(ByteBuffer in) {
        int start = in.position();
        if (!hasPath()) {
            return Octets.string(in, start + targetStart, start + targetEnd);
        }
        int from = start + pathStart;
        int to = start + pathEnd;
        return plainPath
                ? Octets.string(in, from, to)
                : Target.path(in, from, to).orElseThrow();
    }

    public int fieldsStart() {
        return fieldsStart;
    }

    public int hostStart() {
        return hostStart;
    }

    public int hostEnd() {
        return hostEnd;
    }

    public int length() {
        return length;
    }

    public BodyEnd bodyEnd() {
        return bodyEnd;
    }

    /** The length of the body in octets; -1 when it is not known. */
    public long bodyLength() {
        return bodyLength;
    }

    /** Whether the client offers to continue with a protocol that {@code Upgrade} names. */
    public boolean isUpgradable() {
        return upgradable;
    }

    /** Whether the client holds its body back until it is asked for it (RFC 9110, section 10.1.1). */
    public boolean expectsContinue() {
        return expectsContinue;
    }
}
