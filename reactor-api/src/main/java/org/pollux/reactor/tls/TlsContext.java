package org.pollux.reactor.tls;

import org.osgi.annotation.versioning.ConsumerType;

/** What the sessions of one server, or of one client, have in common. From any thread. */
@ConsumerType
public interface TlsContext extends AutoCloseable {

    /**
     * Takes over a session that an engine with the same {@link TlsEngine#sessionForm} has {@linkplain TlsSession#detach
     * detached}. It continues with the next byte, with this context and the stream below; its {@link TlsSession#info} is
     * the same.
     *
     * @param detached what {@code detach} returned. It belongs to the context from this call on, also when it throws: then
     *     the session is freed
     * @throws UnsupportedOperationException when the engine's form is empty
     */
    default TlsSession adopt(long detached, CipherStream below) {
        throw new UnsupportedOperationException("Sessions of this engine cannot be adopted");
    }

    /**
     * Opens no more sessions. Those that are open continue, and what they need is released with the last of them. Closing
     * twice is harmless.
     */
    @Override
    void close();
}
