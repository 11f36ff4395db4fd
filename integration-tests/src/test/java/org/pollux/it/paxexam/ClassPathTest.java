package org.pollux.it.paxexam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassPathTest {

    @TempDir
    private Path folder;

    private ClassPath path;

    ClassPathTest() {
        path = new ClassPath(List.of());
    }

    @BeforeEach
    void fillIt() throws IOException {
        path = new ClassPath(List.of(
                jar("echo-1.0.jar", "org.pollux.echo;singleton:=true"),
                jar("echo-client-2.3-SNAPSHOT.jar", "org.pollux.client"),
                jar("twin-1.jar", "twin"),
                jar("twin-2.jar", "twin")));
    }

    @Test
    void aJarIsFoundByItsArtifactId() {
        assertEquals("echo-1.0.jar", path.jar("echo").getFileName().toString());
        assertEquals(
                "echo-client-2.3-SNAPSHOT.jar",
                path.jar("echo-client").getFileName().toString());
    }

    @Test
    void aJarIsFoundByItsSymbolicName() {
        assertEquals("echo-1.0.jar", path.jar("org.pollux.echo").getFileName().toString());
    }

    @Test
    void aNameMustStandForOneJar() {
        assertThrows(IllegalArgumentException.class, () -> path.jar("twin"));
        assertThrows(IllegalArgumentException.class, () -> path.jar("echo-"));
    }

    @Test
    void itSurvivesBeingATextAndKeepsOnlyJars() {
        assertEquals(path, ClassPath.of(path.text() + java.io.File.pathSeparator + folder));
    }

    private Path jar(String name, String symbolicName) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        var file = folder.resolve(name);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }
}
