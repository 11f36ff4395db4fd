package org.pollux.config.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a bundle says of one PID.
 *
 * @param factory whether there may be several configurations, PID~NAME
 * @param described whether the keys are described; else any key may be used, for only a component's PID is known
 * @param more keys that a component of this PID has as properties, which a configuration may replace
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

    /** By their ids; the order is that of the alphabet. */
    Map<String, Attribute> byId() {
        Map<String, Attribute> byId = new TreeMap<>();
        attributes.forEach(attribute -> byId.put(attribute.id(), attribute));
        return byId;
    }

    Schema withMore(Set<String> properties) {
        return new Schema(pid, name, description, factory, described, attributes, properties);
    }
}
