package org.pollux.reactor.runtime.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** How a host's name becomes addresses. It may block: a loop never calls it on its own thread. */
@FunctionalInterface
public interface Resolver {

    /** The JDK's, with its cache, its order of families ({@code java.net.preferIPv6Addresses}), and all that the system is set up for. */
    Resolver JDK = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Looks a name up; a literal address is returned as it is.
     *
     * @return the addresses, the preferred one first
     * @throws UnknownHostException when there is none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
