package org.pollux.config.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A bundle's description of one PID.
 *
 * @param factory whether several configurations, PID~NAME, are possible
 * @param described whether the keys are described. If not, any key may be used, because only a component's PID is known
 * @param more properties of a component of this PID, which a configuration may replace
 */
public record Schema(
        String pid,
        String name,
        String description,
        boolean factory,
        boolean described,
        List<Attribute> attributes,
        Set<String> more) {

    public Schema {
        attributes = List.copyOf(attributes);
        more = Set.copyOf(more);
    }

    /** By their ids, in alphabetical order. */
    Map<String, Attribute> byId() {
        Map<String, Attribute> byId = new TreeMap<>();
        attributes.forEach(attribute -> byId.put(attribute.id(), attribute));
        return byId;
    }

    Schema withMore(Set<String> properties) {
        return new Schema(pid, name, description, factory, described, attributes, properties);
    }
}
