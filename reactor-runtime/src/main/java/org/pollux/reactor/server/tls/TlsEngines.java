package org.pollux.reactor.server.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pollux.reactor.admin.TlsEngineStatus;
import org.pollux.reactor.admin.TlsEngineStatus.State;
import org.pollux.reactor.server.offer.TlsSettings;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines that are there, and the one that encrypts new connections. For the admin thread, but for {@link #status}. */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another engine of the same name
final class TlsEngines {

    private static final Logger LOG = LoggerFactory.getLogger(TlsEngines.class);

    /** By ranking, then by age. */
    private volatile List<Offer> offers = List.of();

    /** The engines that cannot work here, by name. */
    private final Map<String, MissingEngine> missing = new ConcurrentSkipListMap<>();

    private volatile String wanted = TlsSettings.AUTO;

    private record Offer(TlsEngine engine, int ranking) {}

    void offer(TlsEngine engine, int ranking) {
        List<Offer> changed = new ArrayList<>(offers);
        changed.removeIf(offer -> offer.engine() == engine);
        changed.add(new Offer(engine, ranking));
        changed.sort(Comparator.comparingInt(Offer::ranking).reversed());
        offers = List.copyOf(changed);
    }

    void withdraw(TlsEngine engine) {
        offers = offers.stream().filter(offer -> offer.engine() != engine).toList();
    }

    void reportMissing(MissingEngine engine) {
        missing.put(engine.name(), engine);
        LOG.info("The TLS engine {} cannot work: {}", engine.name(), engine.reason());
    }

    void clearMissing(MissingEngine engine) {
        missing.remove(engine.name(), engine);
    }

    /** Changes which one is wanted: a name, or {@code auto}. When it is not there, another one encrypts until it comes. */
    void want(String name) {
        wanted = name;
    }

    /**
     * Changes which one is wanted to one that is there.
     *
     * @throws IllegalArgumentException when it is not, with those that are
     */
    void require(String name) {
        if (offers.isEmpty() || (!name.equals(TlsSettings.AUTO) && named(name).isEmpty())) {
            throw new IllegalArgumentException(notThere(name));
        }
        wanted = name;
    }

    boolean isOffered(TlsEngine engine) {
        return offers.stream().anyMatch(offer -> offer.engine() == engine);
    }

    boolean hasForm(String form) {
        return offers.stream().anyMatch(offer -> offer.engine().sessionForm().equals(form));
    }

    /** The one for new connections; from any thread. */
    Optional<TlsEngine> current() {
        return named(wanted).or(() -> offers.stream().map(Offer::engine).findFirst());
    }

    private Optional<TlsEngine> named(String name) {
        return offers.stream()
                .map(Offer::engine)
                .filter(engine -> engine.name().equals(name))
                .findFirst();
    }

    /** The engine that is wanted and is not there, with the remedy; from any thread. */
    Optional<String> problem() {
        String name = wanted;
        return name.equals(TlsSettings.AUTO) || offers.isEmpty() || named(name).isPresent()
                ? Optional.empty()
                : Optional.of(notThere(name) + ". It is wanted, and takes over when it comes");
    }

    /** Why no connection can be encrypted; from any thread. */
    String none() {
        String reasons = missing.values().stream()
                .map(engine -> "; " + engine.name() + ": " + engine.reason())
                .collect(Collectors.joining());
        return "there is no TLS engine: start the bundle reactor-tls-openssl or reactor-tls-jsse" + reasons;
    }

    private String notThere(String name) {
        MissingEngine why = missing.get(name);
        if (why != null) {
            return "The TLS engine '" + name + "' cannot work: " + why.reason();
        }
        String others = offers.stream().map(offer -> offer.engine().name()).collect(Collectors.joining(", "));
        return "The TLS engine '" + name + "' is unknown. "
                + (others.isEmpty() ? "None is installed" : "Known: " + others);
    }

    /** All of them, the present one included, then those that cannot work here; from any thread. */
    List<TlsEngineStatus> status() {
        Optional<TlsEngine> present = current();
        Stream<TlsEngineStatus> there = offers.stream()
                .map(Offer::engine)
                .map(engine -> new TlsEngineStatus(
                        engine.name(),
                        engine.description(),
                        present.filter(serving -> serving == engine).isPresent() ? State.SERVES : State.READY));
        Stream<TlsEngineStatus> absent = missing.values().stream()
                .map(engine -> new TlsEngineStatus(engine.name(), engine.reason(), State.MISSING));
        return Stream.concat(there, absent).toList();
    }
}
