package org.pollux.reactor.admin;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link org.pollux.reactor.Protocol} or {@link org.pollux.reactor.DatagramProtocol} that has limits can also
 * implement this. A bundle that serves no endpoint by itself can register it as a service. The server's status shows how
 * often each limit was met.
 */
@ConsumerType
public interface LimitReport {

    /**
     * How often each limit was met since the protocol was started, in the order in which they are shown. Called on any
     * thread. A limit that was never met may be left out.
     *
     * @return counts by the key of the configuration and what the peer saw: {@code "bodyLimit (413)"}
     */
    Map<String, Long> limitsMet();
}
