package org.pollux.reactor.runtime.net;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;

/**
 * In which order the addresses of a name are tried: one of each family in turn, so that a family that leads nowhere costs
 * one attempt's delay (RFC 8305, section 4, with a First Address Family Count of 1).
 */
final class AddressOrder {

    private AddressOrder() {}

    /**
     * The same addresses, each once, with the families taking turns.
     *
     * @param resolved not empty; its first address says which family leads, and within a family its order is kept
     */
    static List<InetAddress> interleave(List<InetAddress> resolved) {
        Class<?> leading = resolved.getFirst().getClass();
        Queue<InetAddress> leaders = new ArrayDeque<>();
        Queue<InetAddress> others = new ArrayDeque<>();
        new LinkedHashSet<>(resolved)
                .forEach(address -> (address.getClass() == leading ? leaders : others).add(address));
        List<InetAddress> order = new ArrayList<>();
        while (!leaders.isEmpty() || !others.isEmpty()) {
            moveFirst(leaders, order);
            moveFirst(others, order);
        }
        return order;
    }

    private static void moveFirst(Queue<InetAddress> from, List<InetAddress> to) {
        InetAddress first = from.poll();
        if (first != null) {
            to.add(first);
        }
    }
}
