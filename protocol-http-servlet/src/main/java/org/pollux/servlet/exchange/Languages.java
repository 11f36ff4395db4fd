package org.pollux.servlet.exchange;

import java.util.List;
import java.util.Locale;

/** The languages that a client prefers, the best first (RFC 9110, section 12.5.4). */
final class Languages {

    private Languages() {}

    /** Those of the field, or the server's own when it is empty or malformed. */
    static List<Locale> of(String field) {
        if (field.isBlank()) {
            return List.of(Locale.getDefault());
        }
        try {
            List<Locale> locales = Locale.LanguageRange.parse(field).stream()
                    .filter(range -> range.getWeight() > 0 && !range.getRange().equals("*"))
                    .map(range -> Locale.forLanguageTag(range.getRange()))
                    .distinct()
                    .toList();
            return locales.isEmpty() ? List.of(Locale.getDefault()) : locales;
        } catch (IllegalArgumentException _) {
            return List.of(Locale.getDefault());
        }
    }
}
