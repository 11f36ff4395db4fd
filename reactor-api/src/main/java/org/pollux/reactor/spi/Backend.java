package org.pollux.reactor.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A polling mechanism, offered as an OSGi service; {@code service.ranking} orders several of them.
 *
 * <p>Where it cannot work, because a library or a flag of the JVM is missing, its bundle offers a
 * {@link MissingBackend} instead, which names the remedy. Its methods may be called from any thread.
 *
 * <ol>
 *   <li value="1"><b>P1 independent pollers.</b> Every {@link #open} gives a poller that shares no state with another:
 *       many are in use at once, each on its own thread. An {@code open} that fails leaves nothing behind.
 * </ol>
 */
@ConsumerType
public interface Backend {

    /** The name by which configuration and commands choose it: {@code "nio"}, {@code "libevent"}. Never changes. */
    String name();

    /** A description for the status: the library, its version and the kernel's mechanism. */
    String description();

    /**
     * Opens a poller that holds no source.
     *
     * @throws IOException when the system gives it no more descriptors or memory; nothing is left open
     */
    Poller open() throws IOException;
}
