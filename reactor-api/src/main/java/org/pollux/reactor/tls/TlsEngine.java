package org.pollux.reactor.tls;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A TLS library, offered as an OSGi service; {@code service.ranking} orders several of them.
 *
 * <p>Where it cannot work, because a library or a flag of the JVM is missing, its bundle offers a {@link MissingEngine}
 * instead, which names the remedy. Its methods may be called from any thread.
 *
 * <ol>
 *   <li value="1"><b>T1 independent contexts.</b> Every context is separate: its settings, tickets and sessions have no
 *       effect on another one. Many threads use a context at once. A context that cannot be made leaves nothing behind.
 *   <li value="2"><b>T2 settings are checked.</b> Settings that the engine cannot use, an unknown cipher suite for
 *       instance, are refused with an {@link IllegalArgumentException} when they are given, not at the first handshake.
 * </ol>
 */
@ConsumerType
public interface TlsEngine {

    /** The name by which configuration and commands choose it: {@code "openssl"}, {@code "jsse"}. Never changes. */
    String name();

    /** A description for the status: the library and its version. */
    String description();

    /**
     * The optional parts of this interface that work here. An engine ignores the settings of those that do not; the
     * runtime tells the operator.
     */
    Set<TlsFeature> features();

    /**
     * Names the form in which {@link TlsSession#detach} gives a session away, exactly enough that equal forms fit: the
     * library, its version and what the number is. A context adopts sessions of an engine with the same form, whichever
     * version of the bundle that was. Empty when sessions cannot be detached.
     */
    default String sessionForm() {
        return "";
    }

    /**
     * Makes the context of servers.
     *
     * @throws IllegalArgumentException when the settings cannot be used (T2)
     */
    TlsServerContext server(TlsServerSettings settings);

    /**
     * Makes the context of clients.
     *
     * @throws IllegalArgumentException when the settings cannot be used (T2)
     */
    TlsClientContext client(TlsClientSettings settings);
}
