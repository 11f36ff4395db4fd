package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeTest {

    @TempDir
    Path folder;

    private Distribution distribution() {
        return new Distribution(folder.resolve("distribution"), "1.2.3");
    }

    private Home home() {
        return new Home(folder.resolve("some where/home"));
    }

    @BeforeEach
    void defaults() throws IOException {
        Files.createDirectories(distribution().conf());
        Files.writeString(distribution().conf().resolve("pollux.a.cfg"), "default");
        Files.writeString(distribution().conf().resolve("pollux.b.cfg"), "default");
        Files.createDirectories(distribution().deploy());
    }

    private void assertRefused(String message) {
        StartException refused = assertThrows(StartException.class, () -> home().create(distribution()));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains("--home"), refused.getMessage());
    }

    @Test
    void a_new_home_has_the_defaults_and_keeps_its_run_folder_to_itself() throws Exception {
        home().create(distribution());
        assertEquals("default", Files.readString(home().conf().resolve("pollux.a.cfg")));
        assertTrue(Files.isDirectory(home().deploy()));
        assertTrue(Files.isDirectory(home().log()));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home().run())));
    }

    @Test
    void the_cache_of_the_run_before_is_emptied_so_that_another_framework_does_not_meet_it() throws Exception {
        home().create(distribution());
        Path left = Files.createDirectories(home().cache().resolve("bundles/config"));
        Files.writeString(left.resolve("pollux.http.config"), "old");
        home().emptyCache();
        try (Stream<Path> files = Files.list(home().cache())) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void all_that_is_made_is_the_owners_alone() throws Exception {
        home().create(distribution());
        HomeLock.take(home()).close();
        try (Stream<Path> made = Files.walk(home().root())) {
            for (Path path : made.toList()) {
                String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
                assertEquals(
                        expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
            }
        }
    }

    @Test
    void a_folder_that_exists_keeps_its_permissions_but_for_run() throws Exception {
        home().create(distribution());
        for (Path path : new Path[] {home().root(), home().conf(), home().log(), home().run()}) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        home().create(distribution());
        for (Path path : new Path[] {home().root(), home().conf(), home().log()}) {
            assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home().run())));
    }

    @Test
    void the_state_of_a_server_that_crashed_is_forgotten() throws Exception {
        home().create(distribution());
        RunState state = new RunState(home(), Supervisor.of(Map.of()));
        state.running();
        Path file = home().run().resolve("state");
        assertEquals("running\n", Files.readString(file));
        HomeLock lock = HomeLock.take(home());
        assertFalse(Files.exists(file));
        state.starting();
        assertEquals("starting\n", Files.readString(file));
        state.stopping(Duration.ofSeconds(30));
        assertEquals("stopping 30\n", Files.readString(file));
        state.close();
        assertFalse(Files.exists(file));
        lock.close();
    }

    @Test
    void what_is_there_is_never_touched_again() throws Exception {
        home().create(distribution());
        Files.writeString(home().conf().resolve("pollux.a.cfg"), "mine");
        Files.delete(home().conf().resolve("pollux.b.cfg"));

        home().create(distribution());

        assertEquals("mine", Files.readString(home().conf().resolve("pollux.a.cfg")));
        assertFalse(Files.exists(home().conf().resolve("pollux.b.cfg")), "deleted is deleted");
    }

    @Test
    void a_copy_that_was_cut_short_is_made_anew() throws Exception {
        Path incomplete = Files.createDirectories(home().root().resolve("conf.new"));
        Files.writeString(incomplete.resolve("pollux.a.cfg"), "def");

        home().create(distribution());

        assertEquals("default", Files.readString(home().conf().resolve("pollux.a.cfg")));
        assertFalse(Files.exists(incomplete));
    }

    @Test
    void a_home_below_a_file_is_refused_with_its_name() throws IOException {
        Path file = Files.writeString(folder.resolve("some where"), "");
        assertRefused(file.toString());
    }

    @Test
    void a_file_in_the_place_of_a_folder_is_refused_with_its_name() throws IOException {
        Files.createDirectories(home().root());
        Files.writeString(home().log(), "");
        assertRefused(home().log() + " exists and is not a folder");
    }

    @Test
    void a_comma_in_the_path_is_refused() {
        StartException refused =
                assertThrows(StartException.class, () -> new Home(folder.resolve("a,b")).create(distribution()));
        assertTrue(String.valueOf(refused.getMessage()).contains("comma"), refused.getMessage());
    }

    @Test
    void one_server_at_a_time_holds_the_lock() throws Exception {
        home().create(distribution());
        Path file = home().run().resolve("pollux.pid");
        String pid = Long.toString(ProcessHandle.current().pid());
        HomeLock lock = HomeLock.take(home());
        assertEquals(pid + "\n", Files.readString(file));
        lock.close();
        assertEquals("", Files.readString(file), "nobody runs");

        lock = HomeLock.take(home());
        StartException refused = assertThrows(StartException.class, () -> HomeLock.take(home()));
        assertTrue(String.valueOf(refused.getMessage()).contains("pid " + pid), refused.getMessage());
        lock.close();
    }

    /** The server before has ended, and the process that takes over has not got its lock yet. */
    @Test
    void nobody_starts_beside_a_process_that_takes_over() throws Exception {
        home().create(distribution());
        HomeLock before = HomeLock.take(home());
        HomeLock successor = HomeLock.succeed(home());
        before.close();
        StartException refused = assertThrows(StartException.class, () -> HomeLock.take(home()));
        assertTrue(String.valueOf(refused.getMessage()).contains("takes over"), refused.getMessage());

        successor.own();
        successor.awaitAlone();
        refused = assertThrows(StartException.class, () -> HomeLock.take(home()));
        assertTrue(String.valueOf(refused.getMessage()).contains("already"), refused.getMessage());
        successor.close();
        HomeLock.take(home()).close();
    }

    @Test
    void a_shorter_number_leaves_nothing_of_a_longer_one() throws Exception {
        home().create(distribution());
        Path file = Files.writeString(home().run().resolve("pollux.pid"), "12345678901234567890\n");
        HomeLock lock = HomeLock.take(home());
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
        lock.close();
    }

    @Test
    void a_pid_that_a_crash_left_behind_is_no_obstacle() throws Exception {
        home().create(distribution());
        Files.writeString(home().run().resolve("pollux.pid"), "1\n");
        HomeLock.take(home()).close();
    }
}
