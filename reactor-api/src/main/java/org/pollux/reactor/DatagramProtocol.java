package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives UDP ports their handlers. It is the counterpart of {@link Protocol}, and the runtime binds it in the same way.
 */
@FunctionalInterface
@ConsumerType
public interface DatagramProtocol {

    /**
     * Gives a port its handler. Called once for each bound address, on the thread of its reactor, before any other
     * callback.
     */
    DatagramHandler open(DatagramPort port);
}
