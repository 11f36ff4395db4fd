package org.pollux.it.paxexam;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Sees that every bundle which was to be started has started.
 *
 * <p>A framework only logs it when one has not, and Pax Exam's own check knows the bundle but not the reason. Starting it again tells.
 */
record CheckBundles() implements Task {

    @Override
    public Report run(BundleContext probe) {
        int reached = probe.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        var reasons = new ArrayList<String>();
        for (Bundle bundle : probe.getBundles()) {
            if (shouldRun(bundle, reached) && !runs(bundle)) {
                reasons.add(bundle.getSymbolicName() + " " + bundle.getVersion() + ": " + whyNotStarted(bundle));
            }
        }
        return reasons.isEmpty() ? new Report(List.of()) : Report.of(new IllegalStateException(message(reasons)));
    }

    private static boolean shouldRun(Bundle bundle, int reached) {
        // A fragment has no start level of its own that would say "autostart".
        var level = bundle.adapt(BundleStartLevel.class);
        return level.isPersistentlyStarted() && level.getStartLevel() <= reached;
    }

    private static boolean runs(Bundle bundle) {
        // STARTING is where a bundle with lazy activation waits for the first use of a class.
        return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
    }

    private static String whyNotStarted(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "started only when asked a second time, so it depends on the order of starting";
        } catch (BundleException e) {
            return e.getCause() == null ? e.toString() : e + " " + e.getCause();
        }
    }

    private static String message(List<String> reasons) {
        return "not every bundle started:\n  " + String.join("\n  ", reasons);
    }
}
