package org.pollux.reactor.server.osgi;

import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.pollux.reactor.server.succession.Household;

/**
 * The launcher, which has the process and the home. Bundles and the launcher share no types but the JDK's, so each call becomes a
 * line: a word, and what belongs to it.
 */
final class LauncherHousehold implements Household {

    private final Consumer<Object> launcher;
    private volatile boolean left;

    @SuppressWarnings("unchecked") // the property says what it takes
    LauncherHousehold(BundleContext context, ServiceReference<?> launcher) {
        this.launcher = (Consumer<Object>) context.getService(launcher);
    }

    /** Whether another process has taken over, and not given back. From any thread. */
    boolean hasLeft() {
        return left;
    }

    @Override
    public void leftTo(int pid) {
        left = true;
        launcher.accept("left " + pid);
    }

    @Override
    public void tookBack() {
        left = false;
        launcher.accept("back");
    }

    @Override
    public void mayEnd(int successor) {
        launcher.accept("end " + successor);
    }

    @Override
    public void serves() {
        launcher.accept("serves");
    }

    @Override
    public void failed(String reason) {
        launcher.accept("failed " + reason);
    }

    @Override
    public void alone() {
        launcher.accept("alone");
    }
}
