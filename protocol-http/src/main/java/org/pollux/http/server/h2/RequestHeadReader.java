package org.pollux.http.server.h2;

import static org.pollux.http.wire.frames.FieldRules.is;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.settings.HeadLimits;
import org.pollux.http.server.syntax.BodyEnd;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HostField;
import org.pollux.http.server.syntax.HttpVersion;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.Target;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.Octets;
import org.pollux.http.wire.frames.FieldRules;
import org.pollux.http.wire.hpack.FieldSink;

/**
 * Writes the fields of a request out in the form that exchanges and routes read ({@link HeadLayout}), and checks them (RFC
 * 9113, sections 8.2 and 8.3). Everything on which two recipients could disagree is malformed.
 *
 * <pre>
 *   :method GET, :scheme, :path /x, :authority h          the pseudo fields wait in a buffer of their own
 *   accept text/html, cookie a=b, cookie c=d              the first other field completes the request line
 *
 *   GET /x HTTP/2 CRLF host: h CRLF accept: text/html CRLF cookie: a=b; c=d CRLF CRLF
 * </pre>
 *
 * <p>It serves one head after the other. A request that waits keeps it. It is one file because one state, the fields seen so far,
 * decides about each next field.
 */
final class RequestHeadReader implements FieldSink {

    /** What a field counts in addition to its octets (RFC 9113, section 6.5.2). */
    private static final int OVERHEAD = 32;

    private static final int OK = 0;
    private static final int MALFORMED = 400;
    private static final int EXPECTATION = 417;
    private static final long NO_LENGTH = -1;

    /** A range of the octets of the pseudo fields. */
    private static final class Part {

        private int from;
        private int to;
        private boolean present;

        private void clear() {
            present = false;
            from = 0;
            to = 0;
        }

        private boolean isEmpty() {
            return from == to;
        }
    }

    private final HeadLimits limits;
    private final HeadLayout layout = new HeadLayout();
    private final Bytes head = new Bytes(512);
    private final Bytes pseudo = new Bytes(128);
    private final Bytes cookies = new Bytes(0);
    private final Part method = new Part();
    private final Part scheme = new Part();
    private final Part path = new Part();
    private final Part authority = new Part();
    private final Part protocol = new Part();

    /** The status with which the head is refused, {@link #OK} so far. */
    private int fault;

    private boolean tooManyFields;
    private boolean malformed;

    /** Whether the request line was written. */
    private boolean begun;

    private boolean hasHost;
    private int size;
    private int fields;
    private long contentLength;
    private boolean expectsContinue;

    /** Whether the client expects something that this server does not know. */
    private boolean expectsUnknown;

    private @Nullable Priority priority;

    RequestHeadReader(HeadLimits limits) {
        this.limits = limits;
    }

    /** Prepares for the next head. */
    void reset() {
        layout.reset();
        head.clear();
        pseudo.clear();
        cookies.clear();
        method.clear();
        scheme.clear();
        path.clear();
        authority.clear();
        protocol.clear();
        fault = OK;
        tooManyFields = false;
        malformed = false;
        begun = false;
        hasHost = false;
        size = 0;
        fields = 0;
        contentLength = NO_LENGTH;
        expectsContinue = false;
        expectsUnknown = false;
        priority = null;
    }

    // ---- the fields

    @Override
    public void field(byte[] octets, int from, int nameLength, int valueLength) {
        size += nameLength + valueLength + OVERHEAD;
        if (fault != OK || malformed) {
            return;
        }
        if (size > limits.head()) {
            fault = 431;
            return;
        }
        int value = from + nameLength;
        int end = value + valueLength;
        malformed = !FieldRules.isValue(octets, value, end);
        if (malformed) {
            return;
        }
        if (nameLength > 0 && octets[from] == ':') {
            malformed = begun || !pseudo(octets, from, value, end);
        } else {
            malformed = !begin() || !FieldRules.isName(octets, from, value) || !usual(octets, from, value, end);
        }
    }

    private boolean pseudo(byte[] octets, int from, int value, int end) {
        Part part = switch (value - from) {
            case 5 -> is(":path", octets, from, value) ? path : null;
            case 7 -> is(":method", octets, from, value) ? method : is(":scheme", octets, from, value) ? scheme : null;
            case 9 -> is(":protocol", octets, from, value) ? protocol : null;
            case 10 -> is(":authority", octets, from, value) ? authority : null;
            default -> null;
        };
        if (part == null || part.present) {
            return false;
        }
        part.present = true;
        part.from = pseudo.size();
        part.to = part.from + end - value;
        pseudo.add(octets, value, end);
        return true;
    }

    /** Whether the field is valid beside those before it. It is written out, unless it is written elsewhere. */
    private boolean usual(byte[] octets, int from, int value, int end) {
        if (cookies.size() > 0 && is("cookie", octets, from, value)) {
            addCookie(octets, value, end); // the parts of a cookie count as the one field that they become
            return true;
        }
        if (++fields > limits.fields()) {
            fault = 431;
            tooManyFields = true;
            return true;
        }
        switch (value - from) {
            case 2 -> {
                if (is("te", octets, from, value) && !is("trailers", octets, value, end)) {
                    return false;
                }
            }
            case 4 -> {
                if (is("host", octets, from, value)) {
                    return host(octets, value, end);
                }
            }
            case 6 -> {
                if (is("cookie", octets, from, value)) {
                    addCookie(octets, value, end);
                    return true;
                }
                if (is("expect", octets, from, value)) {
                    expect(octets, value, end);
                }
            }
            case 8 -> {
                if (is("priority", octets, from, value)) {
                    priority = Priority.of(octets, value, end);
                }
            }
            case 14 -> {
                if (is("content-length", octets, from, value) && !length(octets, value, end)) {
                    return false;
                }
            }
            default -> {}
        }
        if (FieldRules.isOfConnection(octets, from, value)) {
            return false;
        }
        line(octets, from, value, end);
        return true;
    }

    private void line(byte[] octets, int from, int value, int end) {
        head.add(octets, from, value).add(": ").add(octets, value, end).add("\r\n");
    }

    /** The crumbs of a cookie become one field again (RFC 9113, section 8.2.3). */
    private void addCookie(byte[] octets, int from, int to) {
        cookies.add(cookies.size() == 0 ? "cookie: " : "; ").add(octets, from, to);
    }

    /** A field beside {@code :authority} must name the same host (RFC 9113, section 8.3.1). */
    private boolean host(byte[] octets, int from, int to) {
        if (hasHost) {
            return layout.hostEnd() - layout.hostStart() == to - from && isHost(octets, from, to);
        }
        hostLine(octets, from, to);
        ByteBuffer written = head.content();
        return HostField.isValid(written, layout.hostStart(), layout.hostEnd());
    }

    private boolean isHost(byte[] octets, int from, int to) {
        ByteBuffer written = head.content();
        for (int i = 0; i < to - from; i++) {
            if (lower(written.get(layout.hostStart() + i)) != lower(octets[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }

    private void hostLine(byte[] octets, int from, int to) {
        hasHost = true;
        int start = head.add("host: ").size();
        layout.host(start, start + to - from);
        head.add(octets, from, to).add("\r\n");
    }

    private void expect(byte[] octets, int from, int to) {
        if (Octets.equalsIgnoreCase(ByteBuffer.wrap(octets), from, to, "100-continue")) {
            expectsContinue = true;
        } else {
            expectsUnknown = true;
        }
    }

    /** A repeated length, even an equal one, is refused. */
    private boolean length(byte[] octets, int from, int to) {
        if (contentLength != NO_LENGTH || from == to) {
            return false;
        }
        long length = 0;
        for (int at = from; at < to; at++) {
            int digit = octets[at] - '0';
            if (digit < 0 || digit > 9 || length > (Long.MAX_VALUE - digit) / 10) {
                return false;
            }
            length = length * 10 + digit;
        }
        contentLength = length;
        return true;
    }

    // ---- the request line

    /** Writes the request line in front of the first field. False when it is malformed, or something of it is missing. */
    private boolean begin() {
        if (begun) {
            return true;
        }
        begun = true;
        byte[] octets = pseudo.array();
        if (!method.present || method.isEmpty() || !isToken(octets, method)) {
            return false;
        }
        head.add(octets, method.from, method.to).add(" ");
        layout.method(Method.of(head.content(), 0, head.size() - 1), head.size());
        if (protocol.present && !extend(octets)) {
            return false;
        }
        boolean connect = layout.method() == Method.CONNECT;
        Part target = connect ? authority : path;
        if (scheme.present == connect || path.present == connect || !target.present || target.isEmpty()) {
            return false; // a CONNECT has an authority only (RFC 9113, section 8.5)
        }
        if (!connect && !isScheme(octets, scheme)) {
            return false;
        }
        for (int at = target.from; at < target.to; at++) {
            if (!Octets.is(Octets.TARGET, octets[at])) {
                return false;
            }
        }
        if (target.to - target.from > limits.requestLine()) {
            fault = 414;
            return true;
        }
        head.add(octets, target.from, target.to);
        int end = head.size();
        head.add(" HTTP/2\r\n");
        layout.fields(HttpVersion.HTTP_2, head.size());
        if (!isTarget(octets[target.from], end)) {
            fault = MALFORMED;
            return true;
        }
        if (authority.present) {
            hostLine(octets, authority.from, authority.to);
            if (authority.isEmpty() || !HostField.isValid(head.content(), layout.hostStart(), layout.hostEnd())) {
                return false;
            }
        }
        if (protocol.present) {
            head.add("upgrade: ").add(octets, protocol.from, protocol.to).add("\r\n");
        }
        return true;
    }

    /**
     * An extended CONNECT (RFC 8441, section 4) is presented as HTTP/1.1 says the same: a GET with {@code Upgrade}, which no
     * client can send itself over this wire.
     */
    private boolean extend(byte[] octets) {
        boolean valid = layout.method() == Method.CONNECT
                && authority.present
                && !protocol.isEmpty()
                && isToken(octets, protocol);
        head.clear().add("GET ");
        layout.method(Method.GET, head.size());
        layout.upgradable();
        return valid;
    }

    /** Whether the target is a path, or has another form that fits its method. */
    private boolean isTarget(byte first, int end) {
        ByteBuffer written = head.content();
        int start = layout.targetStart();
        if (first == '/') {
            return layout.target(written, end);
        }
        boolean path = layout.target(written, end);
        return !path
                && switch (layout.method()) {
                    case OPTIONS -> Target.isAsterisk(written, start, end);
                    case CONNECT -> HostField.isHostAndPort(written, start, end);
                    default -> false;
                };
    }

    private static boolean isToken(byte[] octets, Part part) {
        for (int at = part.from; at < part.to; at++) {
            if (!Octets.is(Octets.TOKEN, octets[at])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isScheme(byte[] octets, Part part) {
        for (int at = part.from; at < part.to; at++) {
            boolean letter = Octets.is(Octets.ALPHA, octets[at]);
            boolean other = Octets.is(Octets.DIGIT, octets[at]) || "+-.".indexOf(octets[at]) >= 0;
            if (!letter && (at == part.from || !other)) {
                return false;
            }
        }
        return !part.isEmpty();
    }

    /**
     * Completes the head.
     *
     * @param endsStream whether the request has no body
     * @return false when the head is malformed, so that its stream must be reset
     */
    boolean end(boolean endsStream) {
        if (malformed) {
            return false;
        }
        if (fault != OK) {
            return true;
        }
        if (!begin() || (fault == OK && !hasHost) || (endsStream && contentLength > 0)) {
            malformed = true;
            return false;
        }
        if (cookies.size() > 0) {
            head.add(cookies).add("\r\n");
        }
        head.add("\r\n");
        if (endsStream && !protocol.present) {
            layout.body(BodyEnd.LENGTH, 0, false);
        } else {
            layout.body(BodyEnd.TOLD, contentLength(), expectsContinue);
        }
        layout.end(head.size());
        if (expectsUnknown && fault == OK) {
            fault = EXPECTATION;
        }
        return true;
    }

    // ---- results

    /** The status with which a well-formed head is refused; 0 when it is accepted. */
    int fault() {
        return fault;
    }

    boolean hasTooManyFields() {
        return tooManyFields;
    }

    boolean isHead() {
        return layout.method() == Method.HEAD;
    }

    HeadLayout layout() {
        return layout;
    }

    /** The head from its first octet; valid until {@link #reset}. */
    ByteBuffer octets() {
        return head.content();
    }

    /** The length of the body that the head announces; -1 when it announces none. */
    long contentLength() {
        return protocol.present ? NO_LENGTH : contentLength; // a CONNECT has no content (RFC 9110, section 9.3.6)
    }

    /** A priority that was sent ahead of the head and takes the place of its field, or null. */
    void priority(@Nullable Priority sentAhead) {
        if (sentAhead != null) {
            priority = sentAhead;
        }
    }

    Priority priority() {
        Priority said = priority;
        return said == null ? Priority.NONE : said;
    }
}
