package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The folder, looked at by hand, with a real framework. */
final class DeployFolderTest {

    @TempDir
    Path folder;

    private Path deploy;
    private Framework framework;
    private Faults faults;
    private DeployFolder watched;

    @BeforeEach
    void start() throws Exception {
        deploy = Files.createDirectories(folder.resolve("home/deploy"));
        framework = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE,
                folder.resolve("cache").toString(),
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                "100"));
        framework.init();
        faults = new Faults(framework, new Home(folder.resolve("home")));
        watched = new DeployFolder(framework.getBundleContext(), deploy, new Problems(faults));
        faults.except(watched::isUpdating);
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        assertTrue(framework.waitForStop(TimeUnit.SECONDS.toMillis(30)).getType() != 0);
    }

    private Path jar(String file, String name, String version, String more) throws IOException {
        Path jar = deploy.resolve(file);
        new BundleJar(name)
                .header("Bundle-Version", version)
                .header("X-More", more)
                .write(jar);
        return jar;
    }

    /** As often as a file has to be found unchanged. */
    private void lookUntilSettled() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            watched.look();
        }
    }

    private List<Bundle> bundles() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .toList();
    }

    private Bundle only() {
        assertEquals(1, bundles().size(), bundles().toString());
        return bundles().getFirst();
    }

    @Test
    void a_jar_is_a_bundle_that_runs_until_the_jar_is_gone() throws Exception {
        framework.start();
        Path jar = jar("a.jar", "test.a", "1.0", "");
        watched.look();
        assertEquals(List.of(), bundles(), "it may still be written to");
        lookUntilSettled();
        assertEquals(Bundle.ACTIVE, only().getState());
        assertEquals(
                FrameworkProperties.DEPLOYED,
                only().adapt(BundleStartLevel.class).getStartLevel());

        Files.delete(jar);
        lookUntilSettled();
        assertEquals(List.of(), bundles());
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void jars_that_are_there_at_the_start_run_when_the_framework_does() throws Exception {
        jar("a.jar", "test.a", "1.0", "");
        watched.installAll();
        assertTrue(only().getState() != Bundle.ACTIVE);
        framework.start();
        assertEquals(Bundle.ACTIVE, only().getState());
    }

    @Test
    void a_copy_is_told_of_and_becomes_the_bundle_when_the_original_goes() throws Exception {
        framework.start();
        Path original = jar("h.jar", "test.h", "1.0", "");
        lookUntilSettled();
        long first = only().getBundleId();
        Path copy = Files.copy(original, deploy.resolve("copy.jar"));
        Path third = Files.copy(original, deploy.resolve("third.jar"));
        lookUntilSettled();
        assertEquals(first, only().getBundleId());
        assertEquals(List.of(duplicate(copy, "h.jar"), duplicate(third, "h.jar")), watched.problems());

        Files.delete(original);
        lookUntilSettled();
        assertEquals(Bundle.ACTIVE, only().getState());
        assertEquals(copy.toUri().toString(), only().getLocation());
        assertEquals(List.of(duplicate(third, "copy.jar")), watched.problems());

        Files.delete(copy);
        lookUntilSettled();
        assertEquals(third.toUri().toString(), only().getLocation());
        assertEquals(Bundle.ACTIVE, only().getState());
        assertEquals(List.of(), watched.problems());
    }

    private static String duplicate(Path file, String holder) {
        return file + " is not in force: " + holder
                + " is the same bundle, test.h 1.0.0. Remove one of them, or give this" + " one another version";
    }

    @Test
    void another_version_of_a_bundle_is_another_bundle() throws Exception {
        framework.start();
        jar("one.jar", "test.a", "1.0", "");
        jar("two.jar", "test.a", "2.0", "");
        lookUntilSettled();
        assertEquals(2, bundles().size());
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void a_changed_jar_updates_its_bundle_also_to_another_version() throws Exception {
        framework.start();
        Path jar = jar("a.jar", "test.a", "1.0", "");
        lookUntilSettled();
        long id = only().getBundleId();
        jar("a.jar", "test.a", "2.0", "longer than before");
        lookUntilSettled();
        assertEquals(id, only().getBundleId());
        assertEquals("2.0.0", only().getVersion().toString());
        assertEquals(Bundle.ACTIVE, only().getState());
        assertTrue(Files.exists(jar));
    }

    @Test
    void an_update_is_not_a_fault_while_it_goes_on() throws Exception {
        Files.createDirectories(folder.resolve("home/conf"));
        framework.start();
        jar("a.jar", "test.a", "1.0", "");
        new BundleJar("test.uses").header("Require-Bundle", "test.a").write(deploy.resolve("uses.jar"));
        lookUntilSettled();
        Map<String, List<String>> during = new TreeMap<>();
        Map<String, Boolean> settled = new TreeMap<>();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            String step = event.getBundle().getSymbolicName() + " " + event.getType();
            during.put(step, faults.current());
            settled.put(step, faults.haveSettled());
        });
        jar("a.jar", "test.a", "2.0", "longer than before");
        lookUntilSettled();
        assertEquals(List.of(), during.get("test.a " + BundleEvent.UPDATED));
        assertEquals(List.of(), during.get("test.uses " + BundleEvent.UNRESOLVED), "it uses the other one");
        assertEquals(false, settled.get("test.uses " + BundleEvent.STOPPING), "the log is not told yet");
        assertTrue(faults.haveSettled());

        new BundleJar("test.a")
                .header("Bundle-Version", "3.0")
                .header("Import-Package", "test.missing")
                .write(deploy.resolve("a.jar"));
        lookUntilSettled();
        assertEquals(2, faults.current().size(), "neither can run: " + faults.current());
    }

    @Test
    void half_a_jar_changes_nothing_and_is_told_of_when_the_other_half_does_not_come() throws Exception {
        framework.start();
        Path jar = jar("a.jar", "test.a", "1.0", "");
        lookUntilSettled();
        byte[] whole = Files.readAllBytes(jar("new.jar", "test.a", "1.1", ""));
        Files.delete(deploy.resolve("new.jar"));

        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        lookUntilSettled();
        assertEquals("1.0.0", only().getVersion().toString());
        assertEquals(List.of(), watched.problems());
        for (int i = 0; i < 20; i++) {
            watched.look();
        }
        assertEquals(1, watched.problems().size(), watched.problems().toString());
        assertTrue(watched.problems().getFirst().startsWith(jar + " is not a bundle: it cannot be read as a jar"));
        assertEquals(Bundle.ACTIVE, only().getState(), "the old one goes on");

        Files.write(jar, whole);
        lookUntilSettled();
        assertEquals("1.1.0", only().getVersion().toString());
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void a_jar_that_is_removed_and_written_again_at_once_is_updated_and_not_uninstalled() throws Exception {
        framework.start();
        Path jar = jar("a.jar", "test.a", "1.0", "");
        lookUntilSettled();
        long id = only().getBundleId();
        byte[] content = Files.readAllBytes(jar);
        Files.delete(jar);
        watched.look();
        Files.write(jar, content);
        lookUntilSettled();
        assertEquals(id, only().getBundleId());
    }

    @Test
    void a_jar_with_name_and_version_of_a_bundle_of_the_distribution_replaces_it_while_it_is_there() throws Exception {
        Path distribution = folder.resolve("d.jar");
        Files.move(jar("d.jar", "test.d", "1.0", "distribution"), distribution);
        Bundle own = framework.getBundleContext().installBundle("reference:" + distribution.toUri());
        own.start();
        framework.start();

        Path same = Files.copy(distribution, deploy.resolve("same.jar"));
        lookUntilSettled();
        assertEquals("distribution", only().getHeaders().get("X-More"));
        Files.delete(same);
        lookUntilSettled();
        assertEquals(Bundle.ACTIVE, only().getState());

        Path patch = jar("patch.jar", "test.d", "1.0", "patched");
        lookUntilSettled();
        assertEquals("patched", only().getHeaders().get("X-More"));
        assertEquals(Bundle.ACTIVE, only().getState());
        Files.delete(patch);
        lookUntilSettled();
        assertEquals("distribution", only().getHeaders().get("X-More"));
        assertEquals(Bundle.ACTIVE, only().getState());
    }

    @Test
    void a_bundle_that_was_uninstalled_by_hand_is_told_of_and_comes_back_with_a_new_file() throws Exception {
        framework.start();
        Path jar = jar("a.jar", "test.a", "1.0", "");
        lookUntilSettled();
        only().uninstall();
        lookUntilSettled();
        assertEquals(List.of(), bundles());
        assertTrue(
                watched.problems().getFirst().contains("uninstalled by hand"),
                watched.problems().toString());

        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
        lookUntilSettled();
        assertEquals(Bundle.ACTIVE, only().getState());
        assertEquals(List.of(), watched.problems());
    }

    @Test
    void a_bundle_that_lacks_another_starts_when_that_one_comes_from_wherever() throws Exception {
        framework.start();
        new BundleJar("test.needs").header("Import-Package", "test.pump").write(deploy.resolve("needs.jar"));
        lookUntilSettled();
        assertEquals(Bundle.INSTALLED, only().getState());
        Path pump = folder.resolve("pump.jar");
        new BundleJar("test.pump").header("Export-Package", "test.pump").write(pump);
        framework.getBundleContext().installBundle(pump.toUri().toString());
        watched.look();
        assertEquals(Bundle.ACTIVE, bundles().getFirst().getState());
    }

    @Test
    void what_is_no_bundle_is_told_of() throws Exception {
        framework.start();
        Files.writeString(deploy.resolve("text.jar"), "no jar at all");
        jar("bad.jar", "test.a", "one point oh", "");
        for (int i = 0; i < 20; i++) {
            watched.look();
        }
        assertEquals(2, watched.problems().size(), watched.problems().toString());
        assertTrue(
                watched.problems().getFirst().contains("bad.jar is not a bundle: "),
                watched.problems().toString());
        assertTrue(
                watched.problems().getLast().contains("text.jar is not a bundle: "),
                watched.problems().toString());
        Files.move(deploy.resolve("text.jar"), folder.resolve("away"), StandardCopyOption.REPLACE_EXISTING);
        lookUntilSettled();
        assertEquals(1, watched.problems().size());
    }
}
