package org.pollux.config.check;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Reads the metatype resources of a bundle (OSGi Compendium, section 105.8). The Meta Type Service would hide the limits of
 * numbers, and does not know a bundle before it is resolved.
 */
public final class MetatypeReader {

    /** The folder in a bundle. */
    public static final String FOLDER = "OSGI-INF/metatype";

    private MetatypeReader() {}

    /**
     * The PIDs of one resource.
     *
     * @throws IOException if it is not such XML
     */
    public static List<Schema> read(InputStream in) throws IOException {
        Document document = Xml.parse(in);
        Map<String, Element> definitions = new HashMap<>();
        for (Element definition : Xml.elements(document, "OCD")) {
            definitions.put(definition.getAttribute("id"), definition);
        }
        List<Schema> schemas = new ArrayList<>();
        for (Element designate : Xml.elements(document, "Designate")) {
            String factory = designate.getAttribute("factoryPid");
            String pid = factory.isEmpty() ? designate.getAttribute("pid") : factory;
            for (Element object : Xml.elements(designate, "Object")) {
                Element definition = definitions.get(object.getAttribute("ocdref"));
                if (definition != null && !pid.isEmpty()) {
                    schemas.add(schema(pid, !factory.isEmpty(), definition));
                }
            }
        }
        return schemas;
    }

    private static Schema schema(String pid, boolean factory, Element definition) {
        List<Attribute> attributes = new ArrayList<>();
        for (Element attribute : Xml.elements(definition, "AD")) {
            attributes.add(attribute(attribute));
        }
        return new Schema(
                pid,
                definition.getAttribute("name"),
                definition.getAttribute("description"),
                factory,
                true,
                attributes,
                Set.of());
    }

    private static Attribute attribute(Element from) {
        String cardinality = from.getAttribute("cardinality");
        List<String> options = new ArrayList<>();
        for (Element option : Xml.elements(from, "Option")) {
            options.add(option.getAttribute("value"));
        }
        int many = cardinality.isEmpty() ? 0 : Integer.parseInt(cardinality);
        String defaults = from.getAttribute("default");
        return new Attribute(
                from.getAttribute("id"),
                from.getAttribute("name"),
                from.getAttribute("description"),
                Kind.of(from.getAttribute("type")),
                many,
                number(from.getAttribute("min")),
                number(from.getAttribute("max")),
                !from.hasAttribute("default") ? List.of() : many == 0 ? List.of(unescaped(defaults)) : list(defaults),
                options);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // the maximum length of a text; our keys do not use it
        }
    }

    /** Commas separate, unless a backslash precedes them. */
    static List<String> list(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("(?<!\\\\),", -1)) {
            if (!part.isBlank()) {
                parts.add(unescaped(part.strip()));
            }
        }
        return parts;
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    /**
     * The PIDs and properties of a component's description.
     *
     * @param found gets a PID, and the names of the properties that its component has
     */
    public static void readComponent(InputStream in, Consumer<Schema> found) throws IOException {
        Document document = Xml.parse(in);
        for (Element component : Xml.elements(document, "component")) {
            String name = component.getAttribute("name");
            String pids = component.getAttribute("configuration-pid");
            Set<String> properties = new TreeSet<>();
            for (Element property : Xml.elements(component, "property")) {
                properties.add(property.getAttribute("name"));
            }
            for (String pid : (pids.isEmpty() ? name : pids).split("\\s+", -1)) {
                found.accept(new Schema(pid.equals("$") ? name : pid, name, "", false, false, List.of(), properties));
            }
        }
    }
}
