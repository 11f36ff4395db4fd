package org.pollux.it.paxexam;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars on the class path of the outside, which is where Maven puts what the tests depend on. Known inside too. */
record ClassPath(List<Path> jars) {

    /** The system property that tells the inside: a forked JVM has another class path of its own. */
    static final String PROPERTY = "org.pollux.it.paxexam.classpath";

    private static final Pattern FILE_NAME = Pattern.compile("(.+?)-\\d.*\\.jar");

    static ClassPath current() {
        return of(System.getProperty(PROPERTY, System.getProperty("java.class.path")));
    }

    static ClassPath of(String text) {
        return new ClassPath(Stream.of(text.split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .distinct()
                .toList());
    }

    String text() {
        return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
    }

    /** The jar with that artifactId, as its file name has it, or else with that bundle symbolic name. */
    Path jar(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "no jar on the class path is named " + name
                                        + ": is it a dependency of the tests, and are the modules packaged (mvn verify, not mvn test)?"));
    }

    Optional<Path> find(String name) {
        return only(name, jar -> artifactId(jar).equals(name))
                .or(() -> only(name, jar -> symbolicName(jar).equals(name)));
    }

    /** A header of a jar's manifest without its parameters, or nothing. */
    static String header(Path jar, String name) {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var value = manifest == null ? null : manifest.getMainAttributes().getValue(name);
            return value == null ? "" : value.split(";", 2)[0].strip();
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }

    private Optional<Path> only(String name, Predicate<Path> wanted) {
        var found = jars.stream().filter(wanted).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("several jars on the class path are named " + name + ": " + found);
        }
        return found.stream().findFirst();
    }

    private static String artifactId(Path jar) {
        var fileName = FILE_NAME.matcher(jar.getFileName().toString());
        return fileName.matches() ? fileName.group(1) : "";
    }

    private static String symbolicName(Path jar) {
        return header(jar, "Bundle-SymbolicName");
    }
}
