package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The files in conf/ against what the bundles say of their configuration. */
final class DefaultConfigurationIT {

    private static final Pattern KEY = Pattern.compile("(?m)^#(\\w+) =[ ]?(.*)$");

    @Test
    void the_files_have_every_key_with_its_default() throws Exception {
        Map<String, Map<String, String>> bundles = new TreeMap<>();
        for (Distribution.BundleFile bundle : new Distribution(ServerProcess.DISTRIBUTION, "").bundles()) {
            read(bundle.file(), bundles);
        }
        // a sample is configured by those who copy it
        bundles.keySet().removeIf(pid -> !pid.startsWith("pollux.") || pid.startsWith("pollux.samples."));
        assertFalse(bundles.isEmpty());

        Map<String, Map<String, String>> files = new TreeMap<>();
        try (Stream<Path> conf = Files.list(ServerProcess.DISTRIBUTION.resolve("conf"))) {
            for (Path file : conf.toList()) {
                files.put(file.getFileName().toString().replaceFirst("\\.cfg$", ""), keys(Files.readString(file)));
            }
        }
        assertEquals(bundles, files);
    }

    private static Map<String, String> keys(String file) {
        Map<String, String> keys = new TreeMap<>();
        Matcher key = KEY.matcher(file);
        while (key.find()) {
            keys.put(key.group(1), key.group(2));
        }
        return keys;
    }

    /** The PIDs of a bundle's metatype, each with its keys and their defaults. */
    private static void read(Path bundle, Map<String, Map<String, String>> pids) throws Exception {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            List<JarEntry> entries = jar.stream()
                    .filter(entry -> entry.getName().matches("OSGI-INF/metatype/.*\\.xml"))
                    .toList();
            for (JarEntry entry : entries) {
                Document document = parse(jar, entry);
                Map<String, String> keys = new TreeMap<>();
                NodeList attributes = document.getElementsByTagName("AD");
                for (int i = 0; i < attributes.getLength(); i++) {
                    Element attribute = (Element) attributes.item(i);
                    keys.put(attribute.getAttribute("id"), attribute.getAttribute("default"));
                }
                NodeList designates = document.getElementsByTagName("Designate");
                for (int i = 0; i < designates.getLength(); i++) {
                    pids.put(((Element) designates.item(i)).getAttribute("pid"), keys);
                }
            }
        }
    }

    private static Document parse(JarFile jar, JarEntry entry) throws Exception {
        try (InputStream in = jar.getInputStream(entry)) {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(in);
        } catch (IOException e) {
            throw new IOException(jar.getName() + ": " + entry, e);
        }
    }
}
