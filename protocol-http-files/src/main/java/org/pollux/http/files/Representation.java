package org.pollux.http.files;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.pollux.http.AcceptedCodings;
import org.pollux.http.Headers;

/**
 * The form in which a file is sent: the file itself or a compressed sibling.
 *
 * @param source the file whose bytes are sent
 * @param coding the coding of the sibling
 * @param varies whether other clients may get another form
 */
record Representation(Entry source, Optional<Coding> coding, boolean varies) {

    /**
     * For this long after a change, another change may get the same time. The clocks of file systems tick a few times
     * in a hundredth of a second, some only every one or two seconds.
     */
    private static final Duration SAME_TIME = Duration.ofSeconds(2);

    /** Chooses the available form that the client prefers. */
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

    /** The modification time, to the second and not in the future (RFC 9110, section 8.8.2.1). */
    Instant modified(Instant now) {
        Instant modified = source.attributes().lastModifiedTime().toInstant();
        return (modified.isAfter(now) ? now : modified).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * The tag, from size and modification time. It is weak while both could stay the same after another change (section
     * 8.8.1).
     */
    EntityTag tag(Instant now) {
        Instant modified = source.attributes().lastModifiedTime().toInstant();
        String opaque = Long.toHexString(ChronoUnit.MICROS.between(Instant.EPOCH, modified))
                + '-'
                + Long.toHexString(size())
                + coding.map(coding -> '-' + coding.token).orElse("");
        return new EntityTag(modified.isAfter(now.minus(SAME_TIME)), opaque);
    }
}
