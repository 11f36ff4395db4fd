package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.pollux.config.check.Attribute;
import org.pollux.config.check.MetatypeReader;
import org.pollux.config.check.Schema;
import org.pollux.config.check.Unit;

/** The tables of docs/configuration.md are made of what the bundles say of their configuration. */
final class ConfigurationPageIT {

    private static final String BEGIN = "<!-- tables: made of the bundles' metatype; see CONTRIBUTING.md -->\n";

    @Test
    void the_page_is_as_the_bundles_say() throws Exception {
        Path page = Path.of("../docs/configuration.md");
        String text = Files.readString(page);
        int at = text.indexOf(BEGIN);
        assertTrue(at >= 0, "the page has no line " + BEGIN);
        String expected = text.substring(0, at + BEGIN.length()) + tables();
        Path fresh = Files.writeString(Path.of("target/configuration.md"), expected);
        assertTrue(
                expected.equals(text),
                "docs/configuration.md is out of date. Take the one that this test has just made:" + " cp distribution/"
                        + fresh + " docs/configuration.md");
    }

    private static String tables() throws Exception {
        Map<String, Schema> schemas = new TreeMap<>();
        for (Distribution.BundleFile bundle : new Distribution(ServerProcess.DISTRIBUTION, "").bundles()) {
            read(bundle.file()).forEach(schema -> schemas.put(schema.pid(), schema));
        }
        schemas.keySet().removeIf(pid -> !pid.startsWith("pollux.") || pid.startsWith("pollux.samples."));
        StringBuilder tables = new StringBuilder();
        schemas.values().forEach(schema -> tables.append(table(schema)));
        return tables.toString();
    }

    private static List<Schema> read(Path bundle) throws Exception {
        List<Schema> schemas = new ArrayList<>();
        try (JarFile jar = new JarFile(bundle.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (entry.getName().startsWith(MetatypeReader.FOLDER)
                        && entry.getName().endsWith(".xml")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        schemas.addAll(MetatypeReader.read(in));
                    }
                }
            }
        }
        return schemas;
    }

    private static String table(Schema schema) {
        StringBuilder table = new StringBuilder("\n## " + schema.pid() + "\n\n" + schema.description() + ".");
        if (schema.factory()) {
            table.append(" There may be several, each in a file `")
                    .append(schema.pid())
                    .append("-NAME.cfg`.");
        }
        table.append("\n\n| key | type | default | allowed | |\n|---|---|---|---|---|\n");
        for (Attribute attribute : schema.attributes()) {
            table.append("| `")
                    .append(attribute.id())
                    .append("` | ")
                    .append(attribute.kind().title())
                    .append(
                            attribute.unit() == Unit.NONE
                                    ? ""
                                    : ", " + attribute.unit().plural().toLowerCase(Locale.ROOT))
                    .append(attribute.cardinality() == 0 ? "" : ", several")
                    .append(" | ")
                    .append(code(String.join(", ", attribute.defaults())))
                    .append(" | ")
                    .append(attribute.options().isEmpty() ? attribute.range() : String.join(", ", attribute.options()))
                    .append(" | ")
                    .append(attribute.description().replace("|", "\\|"))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
