package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderFilesTest {

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make() throws StartException {
        home = new Home(folder.resolve("home"));
        home.create(new Distribution(folder.resolve("none"), ""));
    }

    private void assertTold(String file, String why) {
        assertEquals(
                List.of(folder.resolve("home").resolve(file) + " is not in force: " + why), FolderFiles.problems(home));
    }

    @Test
    void what_counts_and_what_explains_is_not_told_of() throws IOException {
        Files.createFile(home.deploy().resolve("a.jar"));
        Files.createFile(home.deploy().resolve("pollux.a.cfg"));
        Files.createFile(home.conf().resolve("pollux.b.cfg"));
        Files.createFile(home.conf().resolve("pollux.c.config"));
        Files.createFile(home.deploy().resolve("README.txt"));
        Files.createFile(home.conf().resolve("readme.md"));
        assertEquals(List.of(), FolderFiles.problems(home));
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", ".swp", ".dpkg-new", ".dpkg-old", ".dpkg-dist", ".dpkg-tmp"})
    void a_copy_of_an_editor_or_of_dpkg_is_not_told_of(String ending) throws IOException {
        Files.createFile(home.conf().resolve("pollux.http.cfg" + ending));
        Files.createFile(home.conf().resolve(".pollux.http.cfg" + ending));
        Files.createFile(home.deploy().resolve("shop.jar" + ending));
        assertEquals(List.of(), FolderFiles.problems(home));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#pollux.http.cfg#", ".#pollux.http.cfg"})
    void a_file_of_emacs_is_not_told_of(String name) throws IOException {
        Files.createSymbolicLink(home.conf().resolve(name), folder.resolve("nowhere"));
        assertEquals(List.of(), FolderFiles.problems(home));
    }

    @Test
    void an_ending_that_nobody_reads_is_told_of() throws IOException {
        Files.createFile(home.deploy().resolve("shop.war"));
        assertTold("deploy/shop.war", "only files that end in .jar and .cfg are used");
        Files.delete(home.deploy().resolve("shop.war"));
        for (String name : new String[] {"notes.txt", "pollux.http.conf", "pollux.http.cfg.bak"}) {
            Files.createFile(home.conf().resolve(name));
            assertTold("conf/" + name, "only files that end in .cfg are used");
            Files.delete(home.conf().resolve(name));
        }
    }

    @Test
    void an_ending_in_capitals_is_told_of() throws IOException {
        Files.createFile(home.deploy().resolve("a.JAR"));
        assertTold("deploy/a.JAR", "its ending is not in lower case; files that end in .jar and .cfg are used");
    }

    @Test
    void a_jar_in_conf_is_told_where_it_belongs() throws IOException {
        Files.createFile(home.conf().resolve("a.jar"));
        assertTold("conf/a.jar", "bundles belong into " + home.deploy());
    }

    @Test
    void the_folder_of_certificates_is_in_force() throws IOException {
        Files.createDirectory(home.conf().resolve("tls"));
        assertEquals(List.of(), FolderFiles.problems(home));
    }

    @Test
    void a_hidden_file_a_folder_and_a_broken_link_are_told_of() throws IOException {
        Files.createFile(home.deploy().resolve(".a.jar"));
        assertTold("deploy/.a.jar", "its name begins with a dot");
        Files.delete(home.deploy().resolve(".a.jar"));
        Files.createDirectory(home.deploy().resolve("more.jar"));
        assertTold("deploy/more.jar", "it is a folder; only files that are directly in " + home.deploy() + " are used");
        Files.delete(home.deploy().resolve("more.jar"));
        Files.createSymbolicLink(home.conf().resolve("pollux.a.cfg"), folder.resolve("nowhere"));
        assertTold("conf/pollux.a.cfg", "it is a link to nothing");
    }

    @Test
    void a_folder_that_others_can_write_to_is_told_of_and_left_as_it_is() throws Exception {
        Files.setPosixFilePermissions(home.deploy(), PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setPosixFilePermissions(home.conf(), PosixFilePermissions.fromString("rwxr-xrwx"));
        home.create(new Distribution(folder.resolve("none"), ""));
        List<String> problems = FolderFiles.problems(home);
        assertEquals(2, new TreeSet<>(problems).size(), problems.toString());
        assertTrue(problems.getFirst().contains("other users can write to " + home.conf()), problems.toString());
        assertTrue(problems.getLast().contains("chmod go-w " + home.deploy()), problems.toString());
        assertEquals("rwxrwxr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.deploy())));
    }
}
