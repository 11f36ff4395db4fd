package org.pollux.http.filters;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;

/**
 * The proxies whose fields are believed.
 *
 * @param networks their networks
 * @param unix whether every client of a Unix-domain socket is trusted
 */
record TrustedProxies(List<Network> networks, boolean unix) {

    private static final String UNIX = "unix";

    TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Reads networks, and the word {@code unix}.
     *
     * @throws IllegalArgumentException if a text is not a network
     */
    static TrustedProxies of(List<String> texts) {
        List<Network> networks = texts.stream()
                .filter(text -> !text.equals(UNIX))
                .map(Network::of)
                .toList();
        return new TrustedProxies(networks, texts.contains(UNIX));
    }

    boolean include(SocketAddress peer) {
        return switch (peer) {
            case InetSocketAddress address -> !address.isUnresolved() && include(address.getAddress());
            case UnixDomainSocketAddress _ -> unix;
            default -> false;
        };
    }

    private boolean include(InetAddress address) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
