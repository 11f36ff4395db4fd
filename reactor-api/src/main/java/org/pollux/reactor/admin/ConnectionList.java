package org.pollux.reactor.admin;

import java.util.List;

/**
 * Connections of a server. They were looked at one loop after the other, so they are not of one moment.
 *
 * @param connections in the order of their numbers, the oldest first; perhaps not all
 * @param open how many there are
 * @param silent the loops that did not respond in time, a line each with the reason; their connections are not listed
 */
public record ConnectionList(List<ConnectionStatus> connections, int open, List<String> silent) {

    public ConnectionList {
        connections = List.copyOf(connections);
        silent = List.copyOf(silent);
    }
}
