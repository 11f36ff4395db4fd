package org.pollux.reactor;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/** A bound address where connections are accepted. For the reactor's thread, {@link #local} from any thread. */
@ProviderType
public interface Listener extends AutoCloseable {

    /** Where it is bound, with the port that the system chose for port 0. */
    SocketAddress local();

    /** Stops listening; connections that were accepted stay. A Unix-domain socket's file is deleted. */
    @Override
    void close();
}
