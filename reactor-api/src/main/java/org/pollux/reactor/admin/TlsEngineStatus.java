package org.pollux.reactor.admin;

/**
 * A TLS engine of the server.
 *
 * @param name the one that configuration and commands use
 * @param description the library and its version; why it cannot work when it is missing, and what helps
 */
public record TlsEngineStatus(String name, String description, State state) {

    /** What an engine does. Later versions may add states. */
    public enum State {
        /** It encrypts new connections. */
        SERVES,
        /** It could, and connections that it has encrypted go on with it. */
        READY,
        /** Its bundle is there, but not what the engine needs. */
        MISSING
    }
}
