package org.pollux.it.paxexam;

import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.osgi.framework.BundleContext;

/**
 * Runs one test, be it a method, one invocation of a parameterized method or a whole factory.
 *
 * @param uniqueId JUnit's name for it; the same on both sides, since both see the same class
 */
record RunTest(String uniqueId) implements Task {

    /** From the name outside. */
    static RunTest of(String outside) {
        var segments = UniqueId.parse(outside).getSegments();
        // Outside, the engine may run below another one (a suite's): inside it is alone.
        var fromEngine =
                segments.stream().dropWhile(segment -> !isJupiter(segment)).toList();
        var id = UniqueId.root(
                fromEngine.getFirst().getType(), fromEngine.getFirst().getValue());
        for (var segment : fromEngine.subList(1, fromEngine.size())) {
            id = id.append(segment);
        }
        return new RunTest(id.toString());
    }

    private static boolean isJupiter(UniqueId.Segment segment) {
        return segment.getType().equals("engine") && segment.getValue().equals("junit-jupiter");
    }

    @Override
    public Report run(BundleContext probe) {
        // Nothing is looked up through ServiceLoader, which finds no engine across bundles without a mediator.
        var config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        // The outside's settings (a junit-platform.properties is in the probe too) must not spread one test over
        // threads.
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectUniqueId(uniqueId))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .build();
        var outcomes = new OutcomeListener(uniqueId);
        try (var session = LauncherFactory.openSession(config)) {
            session.getLauncher().execute(request, outcomes);
        }
        return outcomes.report();
    }
}
