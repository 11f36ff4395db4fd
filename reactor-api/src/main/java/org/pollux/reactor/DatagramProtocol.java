package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/** Says what to do with a UDP address; the counterpart of {@link Protocol}, bound by the runtime in the same way. */
@FunctionalInterface
@ConsumerType
public interface DatagramProtocol {

    /**
     * Gives a port its handler. Called once for each bound address, on the thread of its reactor, before any other
     * callback.
     */
    DatagramHandler open(DatagramPort port);
}
