package org.pollux.reactor.server.endpoints;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pollux.reactor.server.offer.EndpointAddress;

/**
 * Which service an endpoint belongs to when several ask for it:
 *
 * <ol>
 *   <li>The service that has it keeps it. A change of another service's configuration does not take it away.
 *   <li>A service that <em>comes</em> with a higher ranking takes it over.
 *   <li>While a service is being replaced, it is kept for the next version, which is a service of the same bundle; only one that
 *       asked for it before the present owner did may have it at once.
 *   <li>A free endpoint goes to the highest ranking, and among equals to the earliest claim.
 * </ol>
 */
@SuppressWarnings("ReferenceEquality") // a service is itself and no other
final class Ownership {

    private Ownership() {}

    /**
     * Chooses the owner.
     *
     * @param binding the endpoint as it is now, if it is there
     * @param claimants all that ask for it, at least one
     * @return empty when it is kept for a service that is not there at the moment
     */
    static Optional<ServedProtocol> choose(
            EndpointAddress address, Optional<Binding> binding, List<ServedProtocol> claimants) {
        List<ServedProtocol> ranked = claimants.stream().sorted(byRank(address)).toList();
        if (binding.isEmpty()) {
            return Optional.of(ranked.getFirst());
        }
        Binding held = binding.get();
        Optional<ServedProtocol> owner = ranked.stream().filter(held::serves).findFirst();
        if (owner.isPresent()) {
            int ranking = owner.get().offer().ranking();
            return ranked.stream()
                    .filter(claimant -> outranks(claimant, address, ranking))
                    .findFirst()
                    .or(() -> owner);
        }
        return ranked.stream()
                .filter(claimant -> !held.isKeptFrom(claimant, address))
                .findFirst();
    }

    /**
     * Those that share an endpoint with its owner, because clients can choose them by ALPN: each has names that neither the owner
     * nor one before it has.
     */
    static List<ServedProtocol> guests(EndpointAddress address, ServedProtocol owner, List<ServedProtocol> claimants) {
        if (!address.isTls()) {
            return List.of();
        }
        Set<String> taken = new HashSet<>(owner.offer().alpn());
        List<ServedProtocol> guests = new ArrayList<>();
        claimants.stream().sorted(byRank(address)).forEach(claimant -> {
            List<String> names = claimant.offer().alpn();
            if (claimant != owner && !names.isEmpty() && names.stream().noneMatch(taken::contains)) {
                taken.addAll(names);
                guests.add(claimant);
            }
        });
        return guests;
    }

    /** Whether a claimant takes an endpoint from an owner of that ranking. */
    static boolean outranks(ServedProtocol claimant, EndpointAddress address, int ranking) {
        return claimant.offer().ranking() > ranking && claimant.claim(address).onArrival();
    }

    private static Comparator<ServedProtocol> byRank(EndpointAddress address) {
        return Comparator.comparingInt(
                        (ServedProtocol service) -> service.offer().ranking())
                .reversed()
                .thenComparingLong(service -> service.claim(address).turn())
                .thenComparingLong(service -> service.offer().id());
    }
}
