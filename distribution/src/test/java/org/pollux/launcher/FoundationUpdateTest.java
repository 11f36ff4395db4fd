package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** An update by hand, with a real framework: a bundle, and one that uses it, as the shell uses Gogo and SCR. */
final class FoundationUpdateTest {

    @TempDir
    Path folder;

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.addBundleListener(new FoundationUpdate(context, Duration.ofMillis(300), _ -> false));
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
    }

    private Bundle bundle(String name, String header, String value) throws Exception {
        Bundle bundle = framework
                .getBundleContext()
                .installBundle(jar(name, header, value).toUri().toString());
        bundle.start();
        return bundle;
    }

    private Path jar(String name, String header, String value) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        new BundleJar(name).header(header, value).write(jar);
        return jar;
    }

    private static @Nullable BundleRevision foundation(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class); // none while it is wired again
        return wiring == null ? null : wiring.getRequiredWires(null).getFirst().getProvider();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Export-Package     | org.apache.felix.service.command;version=1.0            | Import-Package     | org.apache.felix.service.command",
                "Provide-Capability | osgi.extender;osgi.extender=osgi.component;version=1.5 | Require-Capability | osgi.extender;filter:=\"(osgi.extender=osgi.component)\""
            })
    void theShellUsesTheNewVersion(String provides, String provided, String requires, String required)
            throws Exception {
        Bundle foundation = bundle("test.foundation", provides, provided);
        Bundle shell = bundle("test.shell", requires, required);
        foundation.update(Files.newInputStream(jar("test.foundation", provides, provided)));
        awaitNewVersion(shell, foundation);
    }

    /** As by a command, which Gogo interrupts when it stops. Most updates fail at that; a quick one does not notice. */
    @Test
    void anUpdateThatIsInterruptedIsCompleted() throws Exception {
        Bundle foundation = bundle("test.foundation", "Export-Package", "org.apache.felix.service.command");
        Bundle shell = bundle("test.shell", "Import-Package", "org.apache.felix.service.command");
        Path next = jar("test.foundation", "Export-Package", "org.apache.felix.service.command");
        Thread.currentThread().interrupt();
        try {
            foundation.update(Files.newInputStream(next));
        } catch (BundleException | IllegalStateException interrupted) {
            assertNotEquals(Bundle.UNINSTALLED, foundation.getState());
        } finally {
            boolean _ = Thread.interrupted();
        }
        awaitNewVersion(shell, foundation);
    }

    @Test
    void whatTheNewVersionNeedsIsTheNewVersionForTheShellToo() throws Exception {
        Bundle api = bundle("test.api", "Export-Package", "test.api");
        Path jar = folder.resolve("foundation.jar");
        new BundleJar("test.foundation")
                .header("Export-Package", "org.apache.felix.service.command")
                .header("Import-Package", "test.api")
                .write(jar);
        Bundle foundation =
                framework.getBundleContext().installBundle(jar.toUri().toString());
        foundation.start();
        Bundle user = bundle("test.user", "Import-Package", "test.api");
        Bundle shell = bundle("test.shell", "Import-Package", "org.apache.felix.service.command");
        api.update(Files.newInputStream(jar("test.api", "Export-Package", "test.api")));
        foundation.update(Files.newInputStream(jar));
        awaitNewVersion(shell, foundation);
        awaitNewVersion(user, api);
    }

    /** As an update that the framework refuses, because it refreshes, leaves it. */
    @ParameterizedTest
    @ValueSource(strings = {"Export-Package", "Import-Package"})
    void theShellAndABundleBelowItDoNotStayDown(String header) throws Exception {
        Bundle used = bundle("test.used", "Export-Package", "org.apache.felix.service.command;test.used");
        Bundle bundle = bundle("test.bundle", header, "org.apache.felix.service.command");
        used.stop(); // for good
        bundle.stop(Bundle.STOP_TRANSIENT);
        awaitState(bundle, Bundle.ACTIVE);
        assertEquals(Bundle.RESOLVED, used.getState());
    }

    /** As Gogo. */
    public static final class StartsOnce implements BundleActivator {

        private static boolean started; // of each class loader

        @Override
        public void start(BundleContext context) {
            if (started) {
                throw new IllegalStateException("it was started before");
            }
            started = true;
        }

        @Override
        public void stop(BundleContext context) {}
    }

    @Test
    void aBundleThatDoesNotStartTwiceStartsWithANewClassLoader() throws Exception {
        Path jar = folder.resolve("once.jar");
        new BundleJar("test.once")
                .header("Export-Package", "org.apache.felix.service.command")
                .header("Import-Package", "org.osgi.framework")
                .header("Bundle-Activator", StartsOnce.class.getName())
                .write(jar, StartsOnce.class);
        Bundle once = framework.getBundleContext().installBundle(jar.toUri().toString());
        once.start();
        once.stop(Bundle.STOP_TRANSIENT);
        awaitState(once, Bundle.ACTIVE);
    }

    private static void awaitState(Bundle bundle, int state) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (bundle.getState() != state) {
            assertTrue(System.nanoTime() < deadline, "the bundle reaches its state within 60 s");
            Thread.sleep(10);
        }
    }

    private static void awaitNewVersion(Bundle shell, Bundle foundation) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (shell.getState() != Bundle.ACTIVE
                || foundation.getState() != Bundle.ACTIVE
                || !Objects.equals(foundation(shell), foundation.adapt(BundleRevision.class))) {
            assertTrue(System.nanoTime() < deadline, "the shell runs with the new version within 60 s");
            Thread.sleep(10);
        }
    }

    @Test
    void theUsersOfOtherBundlesKeepTheFormerVersionUntilTheyAreRefreshed() throws Exception {
        Bundle used = bundle("test.used", "Export-Package", "test.used");
        Bundle user = bundle("test.user", "Import-Package", "test.used");
        used.update(Files.newInputStream(jar("test.used", "Export-Package", "test.used")));
        Bundle commands = bundle("test.commands", "Export-Package", "org.apache.felix.service.command");
        Bundle shell = bundle("test.shell", "Import-Package", "org.apache.felix.service.command");
        BundleRevision before = foundation(shell);
        commands.update(
                Files.newInputStream(jar("test.commands", "Export-Package", "org.apache.felix.service.command")));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Objects.equals(
                foundation(shell), before)) { // its refresh comes after that of the other, if there were one
            assertTrue(System.nanoTime() < deadline, "the shell is refreshed within 30 s");
            Thread.yield();
        }
        assertNotEquals(used.adapt(BundleRevision.class), foundation(user));
    }
}
