package org.pollux.reactor.server.tls;

import java.time.Duration;
import java.util.List;
import org.pollux.reactor.runtime.tls.HandshakeLimits;

/**
 * The configuration {@code pollux.tls}.
 *
 * @param engine the name of the one that shall encrypt, or {@link #AUTO}
 * @param cipherSuites IANA names, the preferred one first; empty for the engine's defaults
 * @param resumption how long a session may be resumed; zero for never
 */
public record TlsSettings(String engine, HandshakeLimits limits, List<String> cipherSuites, Duration resumption) {

    /** Stands for the engine with the highest ranking. */
    public static final String AUTO = "auto";

    public static final TlsSettings DEFAULTS =
            new TlsSettings(AUTO, HandshakeLimits.DEFAULTS, List.of(), Duration.ofHours(2));

    public TlsSettings {
        cipherSuites = List.copyOf(cipherSuites);
    }
}
