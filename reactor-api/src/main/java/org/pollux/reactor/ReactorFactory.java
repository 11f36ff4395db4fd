package org.pollux.reactor;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens reactors for a bundle's own use, as a service; they are independent of the server's loops. Without OSGi the runtime's
 * {@code EventLoop} has a constructor for the same. From any thread.
 */
@ProviderType
public interface ReactorFactory {

    /**
     * Opens a reactor on the backend that the server uses now; it moves with the server's.
     *
     * @throws IOException when the backend cannot open a poller
     */
    Reactor open() throws IOException;
}
