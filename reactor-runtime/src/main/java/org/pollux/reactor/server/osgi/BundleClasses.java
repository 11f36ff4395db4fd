package org.pollux.reactor.server.osgi;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads all classes of a bundle when it stops, while they can be loaded. Its connections and requests go on after an
 * update, and would otherwise miss each class that they need then for the first time.
 *
 * <p>It does so for every bundle that has to do with Pollux: it imports or exports a package {@code org.pollux.*}.
 */
@Component(
        immediate = true,
        service = {})
public final class BundleClasses {

    private static final String OURS = "org.pollux.";
    private static final long MOST_NANOS = 2_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(BundleClasses.class);

    private final BundleContext context;
    private final SynchronousBundleListener stopping = this::bundleChanged;

    @Activate
    public BundleClasses(BundleContext context) {
        this.context = context;
        context.addBundleListener(stopping);
    }

    /** The listener is not called for the end of its own bundle any more. */
    @Deactivate
    void deactivate() {
        context.removeBundleListener(stopping);
        loadIfStopping(context.getBundle());
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            loadIfStopping(event.getBundle());
        }
    }

    private void loadIfStopping(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        boolean framework = context.getBundle(0).getState() == Bundle.STOPPING; // which keeps all bundles to its end
        if (!framework && bundle.getState() == Bundle.STOPPING && wiring != null && isOurs(wiring)) {
            load(bundle, wiring);
        }
    }

    private static boolean isOurs(BundleWiring wiring) {
        return Stream.concat(
                        wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream(),
                        wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                                .map(wire -> wire.getCapability()))
                .anyMatch(
                        capability -> String.valueOf(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                                .startsWith(OURS));
    }

    private static void load(Bundle bundle, BundleWiring wiring) {
        long begin = System.nanoTime();
        List<String> files = List.copyOf(wiring.listResources(
                "/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL));
        for (String file : files) {
            if (System.nanoTime() - begin > MOST_NANOS) {
                LOG.warn(
                        "{} has too many classes ({}) to load them all before it stops: what it does until its end may"
                                + " miss some",
                        bundle.getSymbolicName(),
                        files.size());
                return;
            }
            load(bundle, file);
        }
    }

    private static void load(Bundle bundle, String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            bundle.loadClass(name);
        } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
            LOG.debug("{} has no {}", bundle, name, e); // something optional is not there, as a rule
        }
    }
}
