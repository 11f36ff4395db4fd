package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** The features for Karaf: {@code distribution/karaf/check} tries them in Karaf itself. */
final class FeaturesIT {

    private static final Path ROOT = ServerProcess.DISTRIBUTION;
    private static final Pattern BUNDLE = Pattern.compile("mvn:[^/]+/([^/]+)/([^<]+)</bundle>");
    private static final Pattern CLAUSE = Pattern.compile("([^,;\"]+)((?:;[^,;\"]+(?:\"[^\"]*\")?)*)(?:,|$)");

    /** Namespaces of what a bundle needs when it is active. */
    private static final Pattern AT_RUN_TIME = Pattern.compile("osgi\\.(implementation|service)|pollux\\..*");

    /** What Karaf itself brings. */
    private static final String PACKAGES = "org.slf4j;org.slf4j.event;org.slf4j.helpers;org.slf4j.spi;version=2.0.17,"
            + "org.slf4j;version=1.7.36,"
            + "org.osgi.service.log;org.osgi.service.log.admin;version=1.5.0";

    private static final List<String> BUNDLES =
            List.of("org.apache.felix.configadmin-1.9.26", "org.apache.felix.metatype-1.2.4");

    @TempDir
    Path folder;

    @Test
    void all_bundles_are_in_the_distribution_and_resolve() throws Exception {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        PACKAGES));
        framework.init();
        try {
            List<Bundle> bundles = new ArrayList<>();
            for (Path jar : Stream.concat(named(), BUNDLES.stream().map(FeaturesIT::jar))
                    .toList()) {
                bundles.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
            }
            assertTrue(bundles.size() > 20, bundles.toString());
            framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
            assertEquals(
                    List.of(),
                    bundles.stream()
                            .filter(bundle -> bundle.getState() < Bundle.RESOLVED)
                            .toList());
            bundles.forEach(FeaturesIT::assertNeedsNothingThatKarafHides);
            bundles.forEach(bundle -> assertFindsWhatItNeedsAtRunTime(bundle, bundles));
        } finally {
            framework.stop();
            framework.waitForStop(30_000);
        }
    }

    /**
     * The resolvers of bnd and Karaf, which choose bundles, follow these requirements; a framework does not. bnd's takes one
     * without a filter for one that asks for the namespace's own name.
     */
    private static void assertFindsWhatItNeedsAtRunTime(Bundle bundle, List<Bundle> bundles) {
        List<BundleCapability> capabilities = bundles.stream()
                .flatMap(other -> other.adapt(BundleRevision.class).getDeclaredCapabilities(null).stream())
                .toList();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            Map<String, String> directives = requirement.getDirectives();
            if (AT_RUN_TIME.matcher(requirement.getNamespace()).matches()
                    && !"optional".equals(directives.get("resolution"))) {
                assertEquals("active", directives.get("effective"), bundle + ": " + requirement);
                assertNotNull(directives.get("filter"), bundle + ": " + requirement);
                assertTrue(capabilities.stream().anyMatch(requirement::matches), bundle + ": " + requirement);
            }
        }
    }

    /** It lets every bundle see these packages of the JDK, and exports none of them. */
    private static void assertNeedsNothingThatKarafHides(Bundle bundle) {
        String imports = String.valueOf(bundle.getHeaders().get(Constants.IMPORT_PACKAGE));
        CLAUSE.matcher(imports)
                .results()
                .filter(clause -> clause.group(1).startsWith("com.sun."))
                .forEach(clause ->
                        assertTrue(clause.group(2).contains("resolution:=optional"), bundle + ": " + clause.group()));
    }

    private static Stream<Path> named() throws IOException {
        return BUNDLE.matcher(Files.readString(ROOT.resolve("share/karaf/features.xml")))
                .results()
                .map(FeaturesIT::jar)
                .distinct();
    }

    private static Path jar(MatchResult bundle) {
        return Stream.of("samples/", "servlet/")
                .map(optional -> ROOT.resolve(optional + bundle.group(1) + ".jar"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseGet(() -> jar(bundle.group(1) + "-" + bundle.group(2)));
    }

    private static Path jar(String name) {
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles"))) {
            return files.filter(file -> file.endsWith(name + ".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in the distribution"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
