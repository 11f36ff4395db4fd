package org.pollux.http.files;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.pollux.http.AcceptedCodings;
import org.pollux.http.Headers;

/**
 * What is sent of a file: the file itself or a compressed sibling.
 *
 * @param source whose bytes are sent
 * @param coding of the sibling
 * @param varies whether other clients get something else
 */
record Representation(Entry source, Optional<Coding> coding, boolean varies) {

    /**
     * For how long after a change another one may have the same time: file systems take theirs from a clock that ticks a
     * few times in a hundredth of a second, some only each second or two.
     */
    private static final Duration SAME_TIME = Duration.ofSeconds(2);

    /** Chooses what the client likes best of what there is. */
    static Representation of(Entry file, boolean precompressed, Headers headers) throws IOException {
        Representation best = new Representation(file, Optional.empty(), false);
        if (!precompressed) {
            return best;
        }
        AcceptedCodings accepted = AcceptedCodings.of(headers);
        double quality = accepted.ofIdentity();
        boolean varies = false;
        for (Coding coding : Coding.values()) {
            Optional<Entry> sibling = file.sibling(coding.suffix);
            varies |= sibling.isPresent();
            double wanted = accepted.quality(coding.token);
            boolean better = best.coding().isEmpty() ? wanted >= quality : wanted > quality;
            if (sibling.isPresent() && wanted > 0 && better) {
                quality = wanted;
                best = new Representation(sibling.get(), Optional.of(coding), true);
            }
        }
        return new Representation(best.source, best.coding, varies);
    }

    long size() {
        return source.attributes().size();
    }

    /** To the second, and not after now (RFC 9110, section 8.8.2.1). */
    Instant modified(Instant now) {
        Instant modified = source.attributes().lastModifiedTime().toInstant();
        return (modified.isAfter(now) ? now : modified).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Made of size and time of change; weak while both could outlast another change (section 8.8.1). */
    EntityTag tag(Instant now) {
        Instant modified = source.attributes().lastModifiedTime().toInstant();
        String opaque = Long.toHexString(ChronoUnit.MICROS.between(Instant.EPOCH, modified))
                + '-'
                + Long.toHexString(size())
                + coding.map(coding -> '-' + coding.token).orElse("");
        return new EntityTag(modified.isAfter(now.minus(SAME_TIME)), opaque);
    }
}
