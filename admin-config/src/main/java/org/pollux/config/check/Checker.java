package org.pollux.config.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks a configuration against its bundle's description. A bad value is refused without affecting the others. */
public final class Checker {

    /** At most this many lines are reported for one configuration, and the number of further ones. */
    private static final int MOST = 20;

    /** At most this many PIDs that have an unknown key are named. */
    private static final int MOST_OWNERS = 3;

    private Checker() {}

    /**
     * Checks all keys.
     *
     * @param pid the name of the configuration in problems
     * @param given the stored values, with keys in their own case
     * @param before the values in force until now. If a given value is bad, the previous one stays in force
     * @param source where the value of a key comes from, such as {@code conf/pollux.http.cfg}
     * @param owners the PIDs that have a key, in their order
     */
    public static Checked check(
            Schema schema,
            String pid,
            Map<String, Object> given,
            Map<String, Object> before,
            UnaryOperator<String> source,
            Function<String, List<String>> owners) {
        Map<String, Attribute> known = schema.byId();
        Map<String, Object> values = new TreeMap<>();
        Set<String> refused = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        given.forEach((key, raw) -> {
            Attribute attribute = known.get(key);
            if (attribute == null) {
                boolean anotherCase = isKnownInAnotherCase(key, schema);
                if (schema.more().contains(key) || isEverywhere(key) || !(schema.described() || anotherCase)) {
                    return;
                }
                problems.add(pid + ": the key " + Printable.of(key) + " (" + source.apply(key)
                        + ") is not known, so it has no effect" + remedy(key, schema, owners.apply(key)));
                if (anotherCase) { // a component with one property twice would fail
                    refused.add(key);
                }
                return;
            }
            try {
                values.put(key, attribute.convert(raw));
            } catch (BadValueException e) {
                refused.add(key);
                Optional<Object> holds = Optional.ofNullable(before.get(key)).or(attribute::defaultValue);
                holds.ifPresent(value -> values.put(key, value));
                problems.add(pid + ": " + key + " = " + shown(attribute, raw) + " (" + source.apply(key)
                        + ") is refused, because it " + e.getMessage() + ". "
                        + holds.map(value -> shown(attribute, value) + " stays in force")
                                .orElse("The key counts as not set"));
            }
        });
        if (problems.size() > MOST) {
            int more = problems.size() - MOST;
            problems.subList(MOST, problems.size()).clear();
            problems.add(pid + ": " + more + " more faults of this configuration");
        }
        return new Checked(values, refused, List.copyOf(problems));
    }

    private static String remedy(String key, Schema schema, List<String> owners) {
        Set<String> names = new TreeSet<>(schema.byId().keySet());
        names.addAll(schema.more());
        String others = owners.stream()
                .filter(pid -> !pid.equals(schema.pid()))
                .limit(MOST_OWNERS)
                .collect(Collectors.joining(", "));
        String elsewhere = others.isEmpty() ? "" : ". It is a key of " + others;
        String known = others.isEmpty() ? ". 'pollux config " + schema.pid() + "' lists the known ones" : "";
        return elsewhere
                + Nearest.of(key, names)
                        .map(near -> ". Did you mean " + near + "?")
                        .orElse(known);
    }

    private static boolean isKnownInAnotherCase(String key, Schema schema) {
        return Stream.concat(schema.byId().keySet().stream(), schema.more().stream())
                .anyMatch(key::equalsIgnoreCase);
    }

    private static String shown(Attribute attribute, Object value) {
        return attribute.isSecret() ? "(not shown)" : Printable.of(value);
    }

    /** Keys that belong to the framework, to its services, or to every component. */
    static boolean isEverywhere(String key) {
        return key.startsWith(".")
                || key.startsWith(":")
                || key.startsWith("service.")
                || key.startsWith("component.")
                || key.startsWith("felix.fileinstall.")
                || key.startsWith("osgi.")
                || key.startsWith("org.osgi.")
                || key.endsWith(".target")
                || key.endsWith(".cardinality.minimum")
                || key.equals("objectClass");
    }
}
