package org.pollux.it.paxexam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.LoggerFactory;

@InContainer(Container.FORKED)
final class ForkedContainerIT {

    private static final String FLAG = "--enable-native-access=ALL-UNNAMED";

    @Configuration
    static Option[] container() {
        return new Option[] {
            Platform.base(),
            vmOptions(FLAG),
            systemProperty("pid.outside")
                    .value(Long.toString(ProcessHandle.current().pid()))
        };
    }

    @Test
    void theJvmHasTheFlag() {
        var flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        assertTrue(flags.contains(FLAG), flags::toString);
        assertTrue(ForkedContainerIT.class.getModule().isNativeAccessEnabled());
    }

    @Test
    void theJvmIsAnotherOne() {
        assertNotEquals(
                System.getProperty("pid.outside"),
                Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void theJvmIsAsNewAsTheTestsNeed() {
        assertTrue(Runtime.version().feature() >= 25);
    }

    @Test
    void aTestRunsInTheProbe(BundleContext context) {
        assertEquals(context.getBundle(), FrameworkUtil.getBundle(ForkedContainerIT.class));
    }

    @Test
    void servicesAreThere(BundleContext context) throws Exception {
        Services.await(context, ConfigurationAdmin.class, Duration.ofSeconds(40));
    }

    @Test
    void slf4jHasTheProviderOfTheBuild() {
        assertEquals(
                "SimpleLogger", LoggerFactory.getLogger("a test").getClass().getSimpleName());
    }

    @Test
    void aBundlesFileIsFoundInsideToo() {
        assertTrue(Files.isRegularFile(Bundles.file("org.apache.felix.scr")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachInvocationGetsItsOwnArguments(int number) {
        assertTrue(number < 3);
    }
}
