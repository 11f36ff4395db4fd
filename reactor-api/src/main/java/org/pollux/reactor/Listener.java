package org.pollux.reactor;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A bound address where connections are accepted. On the reactor's thread only, except {@link #local}, which any thread
 * may call.
 */
@ProviderType
public interface Listener extends AutoCloseable {

    /** The address that it is bound to, with the port that the system chose for port 0. */
    SocketAddress local();

    /** Stops listening; connections that were accepted stay. A Unix-domain socket's file is deleted. */
    @Override
    void close();
}
