package org.pollux.http.server.contract;

import java.util.ArrayList;
import java.util.List;
import org.pollux.http.Header;

/**
 * The head of a request.
 *
 * @param fields beside {@code Host}, which is {@code h}, and those that say how long the body is
 * @param length of the body, {@link #NONE} without one, {@link #UNKNOWN} when its end shows where it ends,
 *     {@link #UPGRADE}
 */
public record Ask(String method, String target, List<Header> fields, long length) {

    public static final long NONE = -2;
    public static final long UNKNOWN = -1;

    /** The client offers to continue with the protocol of its field {@code Upgrade}. */
    public static final long UPGRADE = -3;

    /** Takes a head. */
    public Ask {
        fields = List.copyOf(fields);
    }

    static Ask get(String target) {
        return new Ask("GET", target, List.of(), NONE);
    }

    static Ask head(String target) {
        return new Ask("HEAD", target, List.of(), NONE);
    }

    /** With a body of that length. */
    static Ask post(String target, long length) {
        return new Ask("POST", target, List.of(), length);
    }

    /** With a body whose end is not known. */
    static Ask post(String target) {
        return post(target, UNKNOWN);
    }

    static Ask upgrade(String target, String protocol) {
        return new Ask("GET", target, List.of(new Header("Upgrade", protocol)), UPGRADE);
    }

    Ask with(String name, String value) {
        List<Header> more = new ArrayList<>(fields);
        more.add(new Header(name, value));
        return new Ask(method, target, more, length);
    }
}
