package org.pollux.http.server.settings;

import java.util.Optional;
import org.pollux.http.server.syntax.FieldSyntax;

/**
 * The bounds of a server, and what it says of itself.
 *
 * @param server the value of the {@code Server} field of all responses; without it none is sent
 */
public record HttpSettings(HeadLimits head, BodyLimits body, ConnectionLimits connection, Optional<String> server) {

    /**
     * Takes only values that work.
     *
     * @throws IllegalArgumentException naming the value and what it may be
     */
    public HttpSettings {
        server.ifPresent(value -> FieldSyntax.requireValue("server", value));
    }

    /** The defaults of all bounds, and no {@code Server}. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                HeadLimits.defaults(), BodyLimits.defaults(), ConnectionLimits.defaults(), Optional.empty());
    }
}
