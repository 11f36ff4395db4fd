package org.pollux.reactor.server.endpoints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.runtime.net.StreamConnection;
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

    /** Opens a connection whose handshake is done. */
    ConnectionHandler open(Connection connection, Served owner) {
        String name = connection.tls().map(tls -> tls.alpn()).orElse("");
        Present now = present;
        Served guest = now.guests().get(name);
        if (guest != null && connection instanceof StreamConnection stream) {
            stream.moveTo(guest.group());
            return guest.protocol().open(connection);
        }
        if (name.isEmpty() || now.own().contains(name)) {
            return owner.protocol().open(connection);
        }
        LOG.debug("{} has negotiated {}, whose service was removed at this moment", connection, name);
        connection.abort();
        return (_, _) -> {};
    }
}
