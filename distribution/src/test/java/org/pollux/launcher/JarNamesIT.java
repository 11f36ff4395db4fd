package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names in the manifests of all jars that the build has made: a bundle or a module that has another's name is not found. */
final class JarNamesIT {

    /** Run as programs, and no bundles. */
    private static final List<String> PROGRAMS = List.of("distribution", "fetch");

    @Test
    void every_jar_has_the_name_of_its_module() throws IOException {
        Map<String, Path> bundles = new HashMap<>();
        Map<String, Path> modules = new HashMap<>();
        for (Path jar : jars()) {
            String artifact = jar.getFileName().toString().replaceFirst("-\\d.*", "");
            Attributes manifest = manifest(jar);
            String bundle = manifest.getValue("Bundle-SymbolicName");
            if (!PROGRAMS.contains(artifact)) {
                assertEquals("org.pollux." + artifact, String.valueOf(bundle).replaceFirst(";.*", ""), jar.toString());
                assertEquals(null, bundles.put(bundle, jar), bundle);
            }
            ModuleDescriptor module =
                    ModuleFinder.of(jar).findAll().iterator().next().descriptor();
            assertEquals("org.pollux." + artifact.replace('-', '.'), module.name(), jar.toString());
            assertFalse(module.isAutomatic() || module.isOpen(), module.name());
            assertEquals(exportsOf(manifest), exportsOf(module), module.name());
            assertEquals(null, modules.put(module.name(), jar), module.name());
        }
        assertTrue(modules.containsKey("org.pollux.reactor.api"), modules.toString());
    }

    /** The packages that a bundle exports: on the module path there are neither more nor fewer. */
    private static Set<String> exportsOf(Attributes manifest) {
        String header = String.valueOf(manifest.getValue("Export-Package"));
        return Stream.of(header.replaceAll("\"[^\"]*\"", "").split(","))
                .map(clause -> clause.replaceFirst(";.*", ""))
                .filter(name -> !name.equals("null"))
                .collect(Collectors.toSet());
    }

    private static Set<String> exportsOf(ModuleDescriptor module) {
        return module.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet());
    }

    private static Attributes manifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    /** Of every module that was built; what an older build has left behind is older than the parent's pom.xml. */
    private static List<Path> jars() throws IOException {
        Path root = Path.of("..");
        List<Path> jars = new ArrayList<>();
        for (Path module : list(root)) {
            jars.addAll(jars(module, module.getFileName().toString()));
        }
        for (Path module : list(root.resolve("samples"))) {
            jars.addAll(jars(module, "samples-" + module.getFileName()));
        }
        return jars;
    }

    private static List<Path> jars(Path module, String artifact) throws IOException {
        Path target = module.resolve("target");
        return Files.isDirectory(target)
                ? list(target).stream()
                        .filter(file -> file.getFileName().toString().matches(artifact + "-\\d[^-]*(-SNAPSHOT)?\\.jar"))
                        .filter(JarNamesIT::isOfThisBuild)
                        .toList()
                : List.of();
    }

    private static boolean isOfThisBuild(Path jar) {
        return jar.toFile().lastModified() >= Path.of("../pom.xml").toFile().lastModified();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
