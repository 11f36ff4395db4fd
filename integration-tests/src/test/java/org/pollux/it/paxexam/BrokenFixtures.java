package org.pollux.it.paxexam;

import static org.junit.jupiter.api.Assertions.fail;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.pollux.it.paxexam.Fixtures.Small;

/** Test classes that fail as a whole; LifecycleIT looks for the reasons. */
final class BrokenFixtures {

    private BrokenFixtures() {}

    /** Felix prints to standard output what the failure has to say anyway. */
    static Option quiet() {
        return frameworkProperty("felix.log.level").value("0");
    }

    @InContainer
    static final class FailingBeforeAll extends Small {
        @BeforeAll
        static void beforeAll(TestInfo info) {
            fail(info.getDisplayName());
        }

        @Test
        void neverRuns() {}
    }

    @InContainer
    static final class BundlesThatDoNotStart {
        @Configuration
        Option[] container() {
            return new Option[] {
                Platform.junit(),
                quiet(),
                Bundles.bundle(BrokenBundles.unresolvable()),
                Bundles.bundle(BrokenBundles.failing())
            };
        }

        @Test
        void neverRuns() {}
    }

    @InContainer(Container.FORKED)
    static final class ForkedBundlesThatDoNotStart {
        @Configuration
        static Option[] container() {
            return new Option[] {Platform.junit(), quiet(), Bundles.bundle(BrokenBundles.unresolvable())};
        }

        @Test
        void neverRuns() {}
    }

    @InContainer
    static final class NotOptions {
        @Configuration
        static List<Option> container() {
            return List.of();
        }

        @Test
        void neverRuns() {}
    }

    @InContainer
    static final class NoSuchBundle {
        @Configuration
        static Option container() {
            return Bundles.bundle("no-such-bundle");
        }

        @Test
        void neverRuns() {}
    }

    @ExtendWith(PaxExam.class)
    static final class NoConfiguration {
        @Test
        void neverRuns() {}
    }

    @InContainer
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static final class OneInstance extends Small {
        @Test
        void neverRuns() {}
    }

    @InContainer
    static final class FlagForThisJvm {
        @Configuration
        static Option container() {
            return vmOption("-Xmx64m");
        }

        @Test
        void neverRuns() {}
    }

    @InContainer(Container.FORKED)
    static final class UnknownFlag {
        @Configuration
        static Option container() {
            return vmOption("-XX:+NoSuchFlag");
        }

        @Test
        void neverRuns() {}
    }

    @InContainer(Container.FORKED)
    static final class ForkedWithoutAFile {
        @Configuration
        static Option[] container() {
            return new Option[] {Platform.junit(), bundle("file:no-such-file.jar")};
        }

        @Test
        void neverRuns() {}
    }
}
