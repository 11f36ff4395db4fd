package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** An update by hand, with a real framework: a bundle with commands, and one that uses it, as the shell uses Gogo. */
final class CommandsUpdateTest {

    @TempDir
    Path folder;

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.addBundleListener(new CommandsUpdate(context, _ -> false));
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
    }

    private Bundle bundle(String name, String header, String packages) throws Exception {
        Bundle bundle = framework
                .getBundleContext()
                .installBundle(jar(name, header, packages).toUri().toString());
        bundle.start();
        return bundle;
    }

    private Path jar(String name, String header, String packages) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        new BundleJar(name).header(header, packages).write(jar);
        return jar;
    }

    private static @Nullable BundleRevision whatItUses(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class); // none while it is wired again
        return wiring == null
                ? null
                : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)
                        .getFirst()
                        .getProvider();
    }

    @Test
    void theShellUsesTheNewVersionOfItsCommandsAndOtherUpdatesWaitForTheirRefreshAsUsual() throws Exception {
        String exported = "org.apache.felix.service.command;version=1.0";
        Bundle commands = bundle("test.commands", "Export-Package", exported);
        Bundle shell = bundle("test.shell", "Import-Package", "org.apache.felix.service.command");
        Bundle used = bundle("test.used", "Export-Package", "test.used");
        Bundle user = bundle("test.user", "Import-Package", "test.used");
        used.update(Files.newInputStream(jar("test.used", "Export-Package", "test.used")));
        commands.update(Files.newInputStream(jar("test.commands", "Export-Package", exported)));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (shell.getState() != Bundle.ACTIVE
                || !Objects.equals(whatItUses(shell), commands.adapt(BundleRevision.class))) {
            assertTrue(System.nanoTime() < deadline, "the shell runs with the new version within 30 s");
            Thread.yield();
        }
        assertNotEquals(used.adapt(BundleRevision.class), whatItUses(user), "it keeps the former version");
    }
}
