package org.pollux.launcher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles that should run and do not, each with its reason. From any thread. */
final class Faults implements FrameworkListener {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final BundleContext context;
    private final Map<Long, String> reported = new HashMap<>();

    Faults(BundleContext context) {
        this.context = context;
    }

    /** A line for each bundle that should run and does not. */
    synchronized List<String> current() {
        return new ArrayList<>(find().values());
    }

    /** Logs what was not so at the last report. */
    synchronized void report() {
        Map<Long, String> now = find();
        now.forEach((id, fault) -> {
            if (!fault.equals(reported.get(id))) {
                LOG.error(fault);
            }
        });
        reported.clear();
        reported.putAll(now);
    }

    /** Bundles that the framework itself starts fail with an event; the caller of a start hears of it otherwise. */
    @Override
    public void frameworkEvent(FrameworkEvent event) {
        Throwable thrown = event.getThrowable();
        switch (event.getType()) {
            case FrameworkEvent.ERROR -> {
                if (event.getBundle().getState() == Bundle.INSTALLED) {
                    report();
                } else {
                    LOG.error("bundle {}: {}", event.getBundle(), LogBridge.reasons(thrown), thrown);
                }
            }
            case FrameworkEvent.WARNING -> LOG.warn("bundle {}: {}", event.getBundle(), LogBridge.reasons(thrown));
            default -> {}
        }
    }

    private Map<Long, String> find() {
        Map<Long, String> faults = new HashMap<>();
        int level = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        for (Bundle bundle : context.getBundles()) {
            BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
            boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
            if (!fragment && start.isPersistentlyStarted() && start.getStartLevel() <= level) {
                if (bundle.getState() == Bundle.INSTALLED) {
                    faults.put(
                            bundle.getBundleId(),
                            describe(bundle) + " cannot run: " + Unresolved.reason(bundle, context));
                } else if (bundle.getState() == Bundle.RESOLVED) {
                    faults.put(bundle.getBundleId(), describe(bundle) + " failed to start; the log says why");
                }
            }
        }
        return faults;
    }

    private static String describe(Bundle bundle) {
        String location = bundle.getLocation();
        return "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " ("
                + location.substring(location.lastIndexOf('/') + 1) + ")";
    }
}
