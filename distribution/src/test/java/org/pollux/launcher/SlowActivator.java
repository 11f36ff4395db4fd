package org.pollux.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that starts when the file {@code go} is in the home, and holds up the server's start until then. */
public final class SlowActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws InterruptedException {
        Path go = Path.of(String.valueOf(context.getProperty("pollux.home")), "go");
        while (!Files.exists(go)) {
            Thread.sleep(20);
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
