package org.pollux.reactor.server.osgi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service property {@code loop} of a protocol. */
final class LoopChoice {

    private static final String ADMIN = "admin";

    private LoopChoice() {}

    static boolean isAdmin(@Nullable Object property) {
        return text(property).equals(ADMIN);
    }

    /** The fault of the value. */
    static Optional<String> problem(@Nullable Object property) {
        String text = text(property);
        return text.isEmpty() || text.equals(ADMIN)
                ? Optional.empty()
                : Optional.of(
                        "the value is unknown: write admin for the loop of administration, or nothing for the others."
                                + " The endpoints are served on the others");
    }

    private static String text(@Nullable Object property) {
        return property == null ? "" : property.toString().strip();
    }
}
