package org.pollux.http.server.osgi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the offers that the server knew when its bundle stopped, in a file of the bundle. When bundles that use the same
 * API are refreshed together, the server returns before some of the filters. It must not serve their paths without them.
 */
final class Memory {

    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    private final BundleContext context;

    Memory(BundleContext context) {
        this.context = context;
    }

    private Optional<Path> file() {
        return Optional.ofNullable(context.getDataFile("services")).map(File::toPath);
    }

    void write(List<Offer> offers) {
        List<String> lines = offers.stream()
                .filter(offer ->
                        offer.kind() != Offer.Kind.PAGE && offer.bundle().isPresent())
                .map(Offer::written)
                .toList();
        file().ifPresent(file -> {
            try {
                Files.write(file, lines);
            } catch (IOException e) {
                LOG.warn("The filters and handlers of now are not known to the next version: {}", e.toString());
            }
        });
    }

    /** The offers whose bundles are installed. Later calls return none. */
    List<Offer> take() {
        Optional<Path> file = file().filter(Files::exists);
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            List<String> lines = Files.readAllLines(file.get());
            Files.delete(file.get());
            return lines.stream()
                    .flatMap(line -> Offer.read(line, this::bundle).stream())
                    .toList();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The filters and handlers of before are not known: {}", e.toString());
            return List.of();
        }
    }

    private Optional<Bundle> bundle(String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> Objects.equals(bundle.getSymbolicName(), name))
                .max(Comparator.comparingLong(Bundle::getBundleId));
    }
}
