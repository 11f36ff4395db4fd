package org.pollux.it.paxexam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.pollux.reactor.Reactor;
import org.slf4j.LoggerFactory;

@InContainer
final class NativeContainerIT {

    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private final BundleContext given;
    private final ConfigurationAdmin admin;
    private long probe = -1;

    NativeContainerIT(BundleContext context) throws InterruptedException {
        given = context;
        admin = Services.await(context, ConfigurationAdmin.class, DEADLINE);
    }

    @Configuration
    static Option[] container() {
        return new Option[] {Platform.base(), Bundles.bundle("reactor-api"), Bundles.bundle(BrokenBundles.waiting())};
    }

    @BeforeEach
    void noteTheProbe(BundleContext context) {
        probe = context.getBundle().getBundleId();
    }

    @Test
    void aTestRunsInTheProbe(BundleContext context) {
        assertEquals(probe, FrameworkUtil.getBundle(NativeContainerIT.class).getBundleId());
        assertSame(context, given);
    }

    @Test
    void jUnitIsABundleToo() {
        assertEquals("junit-jupiter-api", FrameworkUtil.getBundle(Test.class).getSymbolicName());
    }

    @Test
    void configurationsAreKept() throws Exception {
        admin.getConfiguration("pollux.trial", "?").update(FrameworkUtil.asDictionary(Map.of("backend", "nio")));
        assertEquals(
                "nio",
                admin.getConfiguration("pollux.trial", "?").getProperties().get("backend"));
    }

    @Test
    void declarativeServicesAreThere(BundleContext context) throws Exception {
        assertNotNull(Services.await(context, ServiceComponentRuntime.class, DEADLINE));
    }

    @Test
    void slf4jHasTheProviderOfTheBuild() {
        assertEquals(
                "SimpleLogger", LoggerFactory.getLogger("a test").getClass().getSimpleName());
    }

    @Test
    void aServiceIsAwaitedUntilItComes(BundleContext context) throws Exception {
        var late = Thread.startVirtualThread(() -> context.registerService(
                StringBuilder.class, new StringBuilder("late"), FrameworkUtil.asDictionary(Map.of("colour", "blue"))));
        assertEquals(
                "late",
                Services.await(context, StringBuilder.class, "(colour=blue)", DEADLINE)
                        .toString());
        assertTrue(late.join(DEADLINE));
    }

    @Test
    void aServiceThatDoesNotComeIsNamed(BundleContext context) {
        var error =
                assertThrows(AssertionError.class, () -> Services.await(context, Iterable.class, Duration.ofMillis(1)));
        assertTrue(error.toString().contains("no service java.lang.Iterable"), error::toString);
    }

    @Test
    void theReasonMayBeAComponentThatWaits(BundleContext context) {
        var error =
                assertThrows(AssertionError.class, () -> Services.await(context, Runnable.class, Duration.ofMillis(1)));
        assertTrue(error.toString().contains("component waiting waits for its reference clock"), error::toString);
    }

    @Test
    void aModuleOfTheSameBuildIsABundle() {
        var location = FrameworkUtil.getBundle(Reactor.class).getLocation();
        assertEquals(Bundles.file("reactor-api"), Path.of(URI.create(location)));
    }

    @Test
    void aBundlesFileIsFoundInsideToo() {
        assertTrue(Files.isRegularFile(Bundles.file("org.apache.felix.scr")));
    }

    @ParameterizedTest
    @CsvSource({"tcp, 3", "unix, 4"})
    void eachInvocationGetsItsOwnArguments(String scheme, int length, BundleContext context) {
        assertEquals(length, scheme.length());
        assertEquals(probe, context.getBundle().getBundleId());
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void argumentsMayComeFromAMethod(int number) {
        assertTrue(number > 0);
    }

    static Stream<Integer> numbers() {
        return Stream.of(1, 2, 3);
    }

    @RepeatedTest(2)
    void aRepetitionIsItself(RepetitionInfo repetition) {
        assertEquals(2, repetition.getTotalRepetitions());
    }

    @TestFactory
    Stream<DynamicTest> aFactoryMakesItsTestsInside(BundleContext context) {
        return Stream.of(context.getBundles())
                .map(bundle -> dynamicTest(bundle.getSymbolicName(), () -> assertNotNull(bundle.getVersion())));
    }

    @Nested
    @ParameterizedClass
    @ValueSource(strings = {"org.apache.felix.scr", "org.apache.felix.configadmin"})
    final class ForEachArgument {

        @Parameter
        private String name = "";

        @Test
        void theBundleIsThere(BundleContext context) {
            assertTrue(Stream.of(context.getBundles()).anyMatch(bundle -> name.equals(bundle.getSymbolicName())));
        }
    }

    @Nested
    final class InsideTheClass {

        @Test
        void theOuterBeforeEachCameFirst(BundleContext context) {
            assertEquals(context.getBundle().getBundleId(), probe);
        }
    }
}
