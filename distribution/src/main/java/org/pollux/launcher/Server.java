package org.pollux.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server: the framework with the bundles of the distribution, on one home.
 *
 * <p>Bundles are started by their start level and stopped in the reverse order. The runtime has the last one: when it
 * binds the endpoints, all protocols and handlers are there, and when it drains the connections, they are there still.
 */
final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Framework framework;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final DrainTime drainTime;

    private Server(Framework framework, DrainTime drainTime) {
        this.framework = framework;
        this.drainTime = drainTime;
    }

    /** Starts it; a bundle that fails is reported and does not keep the others from running. */
    static Server start(Distribution distribution, Home home, List<Setting> settings) throws StartException {
        List<Distribution.BundleFile> files = distribution.bundles();
        Framework framework = new Felix(FrameworkProperties.of(distribution, home));
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            Faults faults = new Faults(framework, home.deploy());
            Problems problems = new Problems(faults);
            context.addBundleListener(faults);
            context.addFrameworkListener(problems);
            OsgiLog.register(context, problems);
            new Overlay(context, settings).register();
            RankingNumber.register(context);
            context.registerService(
                    Supplier.class, faults::current, FrameworkUtil.asDictionary(Map.of("pollux.faults", "bundles")));
            Server server = new Server(framework, new DrainTime(context));
            StopSignals.install(server.stop::countDown);
            for (Bundle bundle : install(context, files)) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
            framework.start();
            return server;
        } catch (BundleException e) {
            throw new StartException("the framework cannot start: " + Problems.reasons(e));
        }
    }

    /** From where they are: nothing is copied. */
    private static List<Bundle> install(BundleContext context, List<Distribution.BundleFile> files)
            throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (Distribution.BundleFile file : files) {
            Bundle bundle = context.installBundle("reference:" + file.file().toUri());
            bundle.adapt(BundleStartLevel.class).setStartLevel(file.startLevel());
            bundles.add(bundle);
        }
        return bundles;
    }

    /**
     * Waits until a signal or somebody inside asks for the end, and brings it about: the runtime drains, all bundles are
     * stopped.
     *
     * @return whether all of them did stop in time
     */
    boolean runUntilStopped() throws InterruptedException {
        Thread.ofVirtual().name("framework-stop").start(this::awaitFramework);
        stop.await();
        Duration patience = drainTime.read().plusSeconds(20);
        try {
            framework.stop();
        } catch (BundleException e) {
            LOG.error("the framework cannot stop: {}", Problems.reasons(e));
            return false;
        }
        boolean stopped = framework.waitForStop(patience.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        if (!stopped) {
            LOG.error("not all bundles have stopped after {} s: ending all the same", patience.toSeconds());
        }
        return stopped;
    }

    private void awaitFramework() {
        try {
            framework.waitForStop(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop.countDown();
    }
}
