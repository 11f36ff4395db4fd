package org.pollux.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Constants;
import org.pollux.config.check.Attribute;
import org.pollux.config.check.Kind;
import org.pollux.config.check.Schema;

/**
 * The one key that every PID has. The framework silently ignores a ranking that is not an {@link Integer} (OSGi Core, section
 * 5.2.5), and a file has only texts.
 */
final class Ranking {

    private static final Attribute ATTRIBUTE = new Attribute(
            Constants.SERVICE_RANKING,
            "Ranking",
            "The service with the highest ranking comes first",
            Kind.INTEGER,
            0,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());

    private Ranking() {}

    static Schema with(Schema schema) {
        List<Attribute> attributes = new ArrayList<>(schema.attributes());
        attributes.add(ATTRIBUTE);
        return new Schema(
                schema.pid(),
                schema.name(),
                schema.description(),
                schema.factory(),
                schema.described(),
                attributes,
                schema.more());
    }

    /** For a PID without a description. */
    static Schema schema(String pid) {
        return new Schema(pid, pid, "", false, false, List.of(), Set.of());
    }
}
