package org.pollux.config.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Checks a configuration against what its bundle says: a bad value is refused alone. */
public final class Checker {

    /** So many lines are told of one configuration, and how many more there are. */
    private static final int MOST = 20;

    private Checker() {}

    /**
     * Checks all keys.
     *
     * @param pid how the configuration is called in problems
     * @param given as it is stored, keys in their own case
     * @param before what was in force until now: it stays in force where the value given is bad
     * @param source where the value of a key is from, like {@code conf/pollux.http.cfg}
     */
    public static Checked check(
            Schema schema,
            String pid,
            Map<String, Object> given,
            Map<String, Object> before,
            UnaryOperator<String> source) {
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
                        + ") is not known, so it has no effect" + remedy(key, schema));
                if (anotherCase) { // a component would have one property twice, which makes it fail
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
                                .orElse("It counts as not set"));
            }
        });
        if (problems.size() > MOST) {
            int more = problems.size() - MOST;
            problems.subList(MOST, problems.size()).clear();
            problems.add(pid + ": " + more + " more faults of this configuration");
        }
        return new Checked(values, refused, List.copyOf(problems));
    }

    private static String remedy(String key, Schema schema) {
        Set<String> names = new TreeSet<>(schema.byId().keySet());
        names.addAll(schema.more());
        return Nearest.of(key, names)
                .map(near -> ". Did you mean " + near + "?")
                .orElse(". 'pollux config " + schema.pid() + "' lists those that are");
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
