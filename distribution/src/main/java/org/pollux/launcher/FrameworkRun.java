package org.pollux.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * <p>Bundles are started by their start level and stopped in reverse order. The runtime has the last level. So all protocols and
 * handlers are active when it binds the endpoints, and still active when it drains the connections.
 */
final class FrameworkRun {

    private static final Logger LOG = LoggerFactory.getLogger(FrameworkRun.class);

    private final Framework framework;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final RunState state;
    private final DeployThread deploy;

    /** When a stop has to be over, in the time of {@link System#nanoTime}; written before anybody asks. */
    private long deadline;

    private FrameworkRun(Framework framework, DeployThread deploy, RunState state) {
        this.framework = framework;
        this.deploy = deploy;
        this.state = state;
    }

    /** Starts it; a bundle that fails is reported and does not keep the others from running. */
    static FrameworkRun start(
            Distribution distribution,
            Home home,
            CommandLine.Run run,
            RunState state,
            Logging logging,
            Succession succession)
            throws StartException, InterruptedException {
        List<Distribution.BundleFile> files = new ArrayList<>(distribution.bundles());
        if (run.samples()) {
            files.add(distribution.samples());
        }
        if (run.succeed()) {
            home.emptyOwnCache();
        } else {
            home.emptyCache();
        }
        Framework framework = Frameworks.make(
                Frameworks.first(FrameworkRun.class.getClassLoader()),
                FrameworkProperties.of(distribution, home, run.settings()));
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            Faults faults = new Faults(framework, home);
            Problems problems = new Problems(faults);
            context.addBundleListener(faults);
            context.addFrameworkListener(problems);
            OsgiLog.register(context, problems);
            FrameworkEntries.follow(context, problems);
            new Overlay(context, run.settings()).register();
            LogConfiguration.register(context, logging);
            context.registerService(
                    Supplier.class, faults::current, FrameworkUtil.asDictionary(Map.of("pollux.faults", "bundles")));
            Settling settling = new Settling(context, home.deploy());
            settling.begin();
            context.registerService(
                    Supplier.class, settling, FrameworkUtil.asDictionary(Map.of("pollux.unsettled", "deploy")));
            DeployFolder folder = new DeployFolder(context, home.deploy(), problems);
            DeployThread deploy = new DeployThread(folder, faults::changed);
            faults.also(deploy::problems);
            faults.except(folder::isUpdating);
            context.addBundleListener(new FoundationUpdate(context, FoundationUpdate.PATIENCE, folder::isUpdating));
            HomeCommands.register(context, distribution, home, folder);
            FrameworkRun server = new FrameworkRun(framework, deploy, state);
            succession.register(context, run.succeed());
            var _ = succession.end().thenRun(server::stopAsked);
            Signals.install(
                    () -> {
                        succession.stopAsked(server.stopTime().whole());
                        server.stopAsked();
                    },
                    new Reload(context, logging));
            for (Bundle bundle : install(context, files)) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
            folder.installAll();
            framework.start();
            settling.started();
            deploy.start();
            server.started.countDown();
            return server;
        } catch (BundleException e) {
            throw new StartException("the framework cannot start: " + Problems.reasons(e));
        }
    }

    /** Completes when it is told to stop. */
    CompletableFuture<Void> stop() {
        return stop.copy();
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
     * Waits until a signal or a bundle requests the end, and then stops: the runtime drains, and all bundles are
     * stopped.
     *
     * @return whether all of them have stopped in time
     */
    boolean runUntilStopped() throws InterruptedException {
        Thread.ofVirtual().name("framework-stop").start(this::awaitFramework);
        stop.join();
        Duration patience = stopTime().whole();
        deadline = System.nanoTime() + patience.toNanos();
        state.stopping(patience);
        deploy.end();
        try {
            framework.stop();
        } catch (BundleException e) {
            LOG.error("the framework cannot stop: {}", Problems.reasons(e));
            return false;
        }
        boolean stopped = framework.waitForStop(patience.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        if (!stopped) {
            LOG.error(
                    "not all bundles have stopped after {} s (stopDelay, drain and stopTimeout of pollux.runtime): ending anyway",
                    patience.toSeconds());
        }
        return stopped;
    }

    /** The rest of the time that a stop may take, after {@link #runUntilStopped}. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** A stop follows the start; when a bundle holds that up, the process ends all the same. From any thread. */
    private void stopAsked() {
        stop.complete(null);
        if (started.getCount() > 0) {
            Duration patience = stopTime().bundles();
            state.stopping(patience);
            Thread.ofPlatform().daemon().name("pollux-stop").start(() -> boundStart(patience));
        }
    }

    private StopTime stopTime() {
        return StopTime.read(framework.getBundleContext());
    }

    private void boundStart(Duration patience) {
        try {
            if (!started.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error(
                        "a bundle still holds up the start {} s after the request to stop: ending anyway",
                        patience.toSeconds());
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitFramework() {
        try {
            framework.waitForStop(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop.complete(null);
    }
}
