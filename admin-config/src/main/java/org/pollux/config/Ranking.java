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
 * The one key that every PID has. For the framework a ranking that is no {@link Integer} is none, without a word (OSGi Core,
 * section 5.2.5), and a file has texts only.
 */
final class Ranking {

    private static final Attribute ATTRIBUTE = new Attribute(
            Constants.SERVICE_RANKING,
            "Ranking",
            "Of several services, the one with the highest comes first",
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

    /** Of a PID that nobody describes. */
    static Schema schema(String pid) {
        return new Schema(pid, pid, "", false, false, List.of(), Set.of());
    }
}
