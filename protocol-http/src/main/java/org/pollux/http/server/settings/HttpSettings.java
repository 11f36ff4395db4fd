package org.pollux.http.server.settings;

import java.util.Optional;
import org.pollux.http.server.syntax.FieldSyntax;

/**
 * The limits of a server, and its {@code Server} field.
 *
 * @param http2 limits that hold for HTTP/2 in addition
 * @param server the value of the {@code Server} field of all responses; when empty, none is sent
 */
public record HttpSettings(
        HeadLimits head, BodyLimits body, ConnectionLimits connection, Http2Limits http2, Optional<String> server) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and its valid range
     */
    public HttpSettings {
        server.ifPresent(value -> FieldSyntax.requireValue("server", value));
    }

    /** Makes settings with the default limits of HTTP/2. */
    public HttpSettings(HeadLimits head, BodyLimits body, ConnectionLimits connection, Optional<String> server) {
        this(head, body, connection, Http2Limits.defaults(), server);
    }

    /** The defaults of all limits, without {@code Server}. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                HeadLimits.defaults(), BodyLimits.defaults(), ConnectionLimits.defaults(), Optional.empty());
    }
}
