package org.pollux.reactor.server.offer;

import java.time.Duration;
import java.util.List;

/**
 * TLS for all {@code tls} endpoints of a server; the configuration {@code pollux.tls}.
 *
 * @param engine the name of the one that shall encrypt, or {@link #AUTO}
 * @param handshakeTimeout how long a handshake may take
 * @param unfinishedHandshakes how many a loop may have under way; one more resets the oldest that waits for its client
 * @param keyOperations how many private-key operations a loop makes in one turn
 * @param cipherSuites IANA names, the preferred one first; empty for the engine's defaults
 * @param resumption how long a session may be resumed; zero for never
 */
public record TlsSettings(
        String engine,
        Duration handshakeTimeout,
        int unfinishedHandshakes,
        int keyOperations,
        List<String> cipherSuites,
        Duration resumption) {

    /** Stands for the engine with the highest ranking. */
    public static final String AUTO = "auto";

    public static final TlsSettings DEFAULTS =
            new TlsSettings(AUTO, Duration.ofSeconds(10), 1000, 4, List.of(), Duration.ofHours(2));

    public TlsSettings {
        cipherSuites = List.copyOf(cipherSuites);
    }
}
