package org.pollux.reactor.server.endpoints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pollux.reactor.Connection;
import org.pollux.reactor.tls.TlsInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services that share a {@code tls} endpoint. Each connection is opened by the one whose protocol was negotiated (RFC 7301). The
 * owner of the endpoint gets those that have negotiated none.
 *
 * <p>The admin thread changes it. Loops choose by what is so when the handshake is done.
 */
final class AlpnChoice {

    private static final Logger LOG = LoggerFactory.getLogger(AlpnChoice.class);

    private volatile Present present = new Present(List.of(), List.of(), Map.of());

    /**
     * One state of it.
     *
     * @param own the names of the owner
     * @param names what is offered to clients, the preferred name first
     * @param guests those that are not the owner, by the names that only they have
     */
    private record Present(List<String> own, List<String> names, Map<String, Served> guests) {}

    void change(List<String> own, List<Served> guests) {
        List<String> names = new ArrayList<>(own);
        Map<String, Served> byName = new HashMap<>();
        for (Served guest : guests) {
            for (String name : guest.service().offer().alpn()) {
                names.add(name);
                byName.put(name, guest);
            }
        }
        present = new Present(List.copyOf(own), List.copyOf(names), Map.copyOf(byName));
    }

    List<String> ownNames() {
        return present.own();
    }

    /** What is offered now; from any thread. */
    List<String> names() {
        return present.names();
    }

    /** The service for a connection whose handshake is done; empty when the one that it has negotiated was just removed. */
    Optional<Served> choose(Connection connection, Served owner) {
        String name = connection.tls().map(TlsInfo::alpn).orElse("");
        Served guest = present.guests().get(name);
        if (guest != null) {
            return Optional.of(guest);
        }
        if (name.isEmpty() || owner.service().offer().alpn().contains(name)) {
            return Optional.of(owner);
        }
        LOG.debug("{} has negotiated {}, whose service was removed at this moment", connection, name);
        return Optional.empty();
    }
}
