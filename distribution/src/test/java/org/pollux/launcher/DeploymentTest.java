package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The commands {@code deploy} and {@code undeploy}, with a real framework. Each wait for the server looks at the folder once. */
@Timeout(60)
final class DeploymentTest {

    @TempDir
    private Path folder;

    private Path deploy;
    private Framework framework;
    private DeployFolder watched;
    private Deployment deployment;

    @BeforeEach
    void start() throws Exception {
        deploy = Files.createDirectories(folder.resolve("home/deploy"));
        framework = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE,
                folder.resolve("cache").toString(),
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                "100"));
        framework.init();
        framework.start();
        Problems problems = new Problems(new Faults(framework, new Home(folder.resolve("home"))));
        watched = new DeployFolder(framework.getBundleContext(), deploy, problems);
        deployment = new Deployment(framework.getBundleContext(), deploy, this::looked, Duration.ofSeconds(30));
    }

    private Map<Path, DeployedJar.Seen> looked() {
        try {
            watched.look();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return watched.seen();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
    }

    private Path jar(String file, String name, String version, String... headers) throws IOException {
        Path jar = folder.resolve(file);
        BundleJar made = new BundleJar(name).header("Bundle-Version", version);
        for (int i = 0; i < headers.length; i += 2) {
            made.header(headers[i], headers[i + 1]);
        }
        made.write(jar);
        return jar;
    }

    private String refused(Path jar) {
        return assertThrows(IllegalStateException.class, () -> deployment.deploy(jar))
                .toString();
    }

    @Test
    void aJarRunsWhenTheCommandReturnsAndIsUpdatedByTheNextOne() throws Exception {
        assertEquals("test.a 1.0.0 (bundle 1) runs", deployment.deploy(jar("a.jar", "test.a", "1.0")));
        assertEquals("test.a 1.1.0 (bundle 1) runs", deployment.deploy(jar("a.jar", "test.a", "1.1")));
        try (Stream<Path> files = Files.list(deploy)) {
            assertEquals(
                    List.of("a.jar"),
                    files.map(file -> file.getFileName().toString()).toList(),
                    "no half of it is left");
        }
        assertEquals("test.a 1.1.0 is uninstalled", deployment.undeploy("a"));
        assertFalse(Files.exists(deploy.resolve("a.jar")));
        assertEquals(1, framework.getBundleContext().getBundles().length);
    }

    @Test
    void aBundleIsFoundByItsSymbolicNameToo() throws Exception {
        deployment.deploy(jar("a.jar", "test.a", "1.0"));
        String told = assertThrows(IllegalArgumentException.class, () -> deployment.undeploy("test.b"))
                .toString();
        assertTrue(told.contains("'test.b' is not in ") && told.contains("a.jar"), told);
        assertEquals("test.a 1.0.0 is uninstalled", deployment.undeploy("test.a"));
    }

    @Test
    void whyABundleDoesNotRunIsTold() throws Exception {
        String unresolved = refused(jar("a.jar", "test.a", "1.0", "Import-Package", "org.acme.missing"));
        assertTrue(unresolved.contains("cannot run") && unresolved.contains("org.acme.missing"), unresolved);
        String failed = refused(jar("b.jar", "test.b", "1.0", "Bundle-Activator", "org.acme.Missing"));
        assertTrue(failed.contains("failed to start"), failed);
        Files.writeString(folder.resolve("c.jar"), "nonsense");
        assertTrue(refused(folder.resolve("c.jar")).contains("is not a bundle"));
        deployment.deploy(jar("d.jar", "test.d", "1.0"));
        String duplicate = refused(jar("e.jar", "test.d", "1.0"));
        assertTrue(duplicate.contains("is the same bundle"), duplicate);
    }

    @Test
    void whatIsNoJarIsRefusedBeforeItIsCopied() {
        for (Path wrong : List.of(
                Path.of("a.jar"),
                folder.resolve("none.jar"),
                folder.resolve("a.cfg"),
                folder.resolve(".a.jar"),
                folder)) {
            assertThrows(IllegalArgumentException.class, () -> deployment.deploy(wrong));
        }
        assertEquals(0, deploy.toFile().list().length);
    }
}
