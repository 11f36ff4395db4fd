package org.pollux.reactor.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pollux.reactor.spi.Backend;

/** The other backends, and which of them is wrapped: one by name, or the best. For one thread at a time. */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another backend of the same name
final class ServiceChoice {

    /** Stands for the backend with the highest ranking. */
    static final String AUTO = "auto";

    private record Offer(Backend backend, int ranking) {}

    /** By ranking, then by age. */
    private final List<Offer> offers = new ArrayList<>();

    void add(Backend backend, int ranking) {
        remove(backend);
        offers.add(new Offer(backend, ranking));
        offers.sort(Comparator.comparingInt(Offer::ranking).reversed());
    }

    void remove(Backend backend) {
        offers.removeIf(offer -> offer.backend() == backend);
    }

    /** As the runtime chooses: a backend with a negative ranking only by its name. */
    Optional<Backend> choose(String name) {
        return offers.stream()
                .filter(offer -> name.equals(AUTO)
                        ? offer.ranking() >= 0
                        : offer.backend().name().equals(name))
                .map(Offer::backend)
                .findFirst();
    }
}
