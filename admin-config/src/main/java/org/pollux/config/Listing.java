package org.pollux.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.cm.Configuration;
import org.pollux.config.check.Attribute;
import org.pollux.config.check.Checked;
import org.pollux.config.check.Printable;
import org.pollux.config.check.Schema;
import org.pollux.config.check.Unit;

/**
 * The output of {@code pollux config} for a PID, or for each of its configurations:
 *
 * <pre>
 * pollux.http.gzip: Compresses responses
 *   key        value  from                       default  type                 allowed
 *   level      9      conf/pollux.http.gzip.cfg  6        whole number         from 1 to 9
 *   minLength  1024   default                    1024     whole number, bytes  from 0
 * </pre>
 */
final class Listing {

    private final Configurations configurations;
    private final List<Configuration> stored;

    Listing(Configurations configurations) {
        this.configurations = configurations;
        this.stored = configurations.configurations(null);
    }

    /** PIDs that a bundle describes, and PIDs with values. */
    Set<String> pids() {
        Set<String> pids = new TreeSet<>();
        for (String pid : configurations.schemas().pids()) {
            if (configurations.schemas().of(pid).filter(Schema::described).isPresent()) {
                pids.add(pid);
            }
        }
        stored.forEach(one -> pids.add(Configurations.base(one.getPid(), one.getFactoryPid())));
        return pids;
    }

    /** Empty for an unknown PID. */
    String of(String pid) {
        String base = pid.split("~", 2)[0];
        Optional<Schema> schema = configurations.schemas().of(base);
        List<Configuration> those = stored.stream()
                .filter(one -> one.getPid().equals(pid)
                        || (pid.equals(base)
                                && Configurations.base(one.getPid(), one.getFactoryPid())
                                        .equals(base)))
                .toList();
        if (those.isEmpty() && (schema.isEmpty() || !pid.equals(base))) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (Configuration one : those) {
            text.append(part(one.getPid(), schema, Configurations.values(one)));
        }
        if (those.isEmpty()) {
            text.append(part(base, schema, Map.of()));
        }
        return text.toString();
    }

    private String part(String pid, Optional<Schema> schema, Map<String, Object> values) {
        StringBuilder text = new StringBuilder(pid);
        schema.map(Schema::description)
                .filter(said -> !said.isEmpty())
                .ifPresent(said -> text.append(": ").append(said));
        text.append('\n');
        if (values.isEmpty() && schema.filter(Schema::factory).isPresent()) {
            text.append("  (no configuration: conf/").append(pid).append("-NAME.cfg creates one; choose NAME)\n");
        }
        Optional<Checked> checked = configurations.checked(pid);
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"key", "value", "from", "default", "type", "allowed"});
        Set<String> described = new TreeSet<>();
        for (Attribute attribute : schema.map(Schema::attributes).orElse(List.of())) {
            described.add(attribute.id());
            rows.add(row(pid, attribute, values, checked));
        }
        values.forEach((key, value) -> {
            if (!described.contains(key) && !key.startsWith("service.") && !key.equals(Sources.FILE)) {
                boolean told = schema.filter(Schema::described).isPresent();
                rows.add(new String[] {
                    Printable.of(key),
                    "(not described)",
                    configurations.sources().of(pid, key, values),
                    "",
                    "",
                    told ? "" : "any"
                });
            }
        });
        table(rows, text);
        return text.toString();
    }

    private String[] row(String pid, Attribute attribute, Map<String, Object> values, Optional<Checked> checked) {
        String key = attribute.id();
        Optional<Object> value = checked.map(one -> one.values().get(key));
        String source = configurations.sources().of(pid, key, values);
        boolean given = values.containsKey(key) || source.equals(Sources.COMMAND_LINE);
        boolean refused = checked.filter(one -> one.refused().contains(key)).isPresent();
        String defaults = attribute.defaults().isEmpty() ? "" : text(attribute, attribute.defaults());
        return new String[] {
            key,
            given
                    ? value.map(one -> text(attribute, one)).orElse("(not set)")
                    : defaults.isEmpty() ? "(not set)" : defaults,
            refused ? "before: " + source + " is refused" : given ? source : "default",
            defaults,
            attribute.kind().title()
                    + (attribute.unit() == Unit.NONE
                            ? ""
                            : ", " + attribute.unit().plural())
                    + (attribute.cardinality() == 0 ? "" : ", several"),
            attribute.options().isEmpty() ? attribute.range() : String.join(", ", attribute.options())
        };
    }

    private static String text(Attribute attribute, Object value) {
        String shown = attribute.isSecret() ? "(not shown)" : Printable.of(value);
        return shown.isEmpty() ? "(empty)" : shown;
    }

    private static void table(List<String[]> rows, StringBuilder text) {
        int columns = rows.getFirst().length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < columns; i++) {
                line.append(' ').append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 1));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
