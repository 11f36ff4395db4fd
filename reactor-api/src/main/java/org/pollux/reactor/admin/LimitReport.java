package org.pollux.reactor.admin;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a protocol that has bounds implements beside {@link org.pollux.reactor.Protocol} or {@link
 * org.pollux.reactor.DatagramProtocol}: then the server's status shows how often they were met.
 */
@ConsumerType
public interface LimitReport {

    /**
     * How often each bound was met since the protocol came, in the order in which they are to be shown. From any thread; one
     * that was never met may be left out.
     *
     * @return by the key of its configuration and what the peer saw: {@code "bodyLimit (413)"}
     */
    Map<String, Long> limitsMet();
}
