package org.pollux.http.server.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.pollux.http.Request;
import org.pollux.http.wire.Octets;

/**
 * The host that a request is for, in lower case and without the port: the one in the target, otherwise the one in the field
 * {@code Host} (RFC 9112, section 3.3).
 */
public final class HostName {

    private HostName() {}

    public static String of(Request request) {
        return name(request.authority());
    }

    /** The host with the port, in the client's own case. */
    public static String authority(Request request) {
        ByteBuffer target = ByteBuffer.wrap(request.target().getBytes(StandardCharsets.ISO_8859_1));
        String authority = authority(target, 0, target.limit());
        return authority.isEmpty() ? request.headers().first("Host").orElse("") : authority;
    }

    /** The host of the head at the buffer's position. */
    public static String of(HeadLayout head, ByteBuffer in) {
        int start = in.position();
        String authority = authority(in, start + head.targetStart(), start + head.targetEnd());
        return name(
                authority.isEmpty() ? Octets.string(in, start + head.hostStart(), start + head.hostEnd()) : authority);
    }

    /** The authority of the absolute form; empty for any other form. */
    private static String authority(ByteBuffer in, int from, int to) {
        if (to == from || in.get(from) == '/') {
            return "";
        }
        int authority = Target.authorityStart(in, from, to);
        return authority < 0 ? "" : Octets.string(in, authority, Target.authorityEnd(in, authority, to));
    }

    private static String name(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']');
        return (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
