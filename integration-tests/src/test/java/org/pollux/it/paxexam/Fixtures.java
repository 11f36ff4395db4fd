package org.pollux.it.paxexam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Test classes that OutcomesIT runs and looks at from the outside. Nested, so that the build does not take them for its own. */
final class Fixtures {

    private Fixtures() {}

    static boolean inside() {
        return FrameworkUtil.getBundle(Fixtures.class) != null;
    }

    static String line() {
        return "line "
                + StackWalker.getInstance()
                        .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }

    /** The least that a container needs. */
    abstract static class Small {
        @Configuration
        static Option container() {
            return Platform.junit();
        }
    }

    @InContainer
    static final class Mixed extends Small {

        @Test
        void passes() {
            assertEquals(true, inside());
        }

        @Test
        void fails() {
            assertEquals("wanted", "gotten", line());
        }

        @Test
        void throwsWhatOnlyTheInsideKnows() {
            throw new Unwritable("no way out, " + line(), new IllegalArgumentException("the cause"));
        }

        @Test
        @Timeout(value = 50, unit = TimeUnit.MILLISECONDS)
        void hangs() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Test
        void isAborted() {
            assumeTrue(!inside(), "an assumption that does not hold inside");
        }

        @Test
        @DisabledIf("org.pollux.it.paxexam.Fixtures#inside")
        void isDisabledInside() {
            fail("ran");
        }

        @ParameterizedTest
        @MethodSource("oneLessInside")
        void isNotFoundForItsLastArgument(int number) {
            assertEquals(1, number);
        }

        static IntStream oneLessInside() {
            return IntStream.rangeClosed(1, inside() ? 1 : 2);
        }

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(
                    dynamicTest("good", () -> {}),
                    dynamicTest("bad", () -> assertFalse(inside(), "made inside")),
                    dynamicTest("aborted", () -> assumeTrue(false)));
        }
    }

    private static final class Unwritable extends RuntimeException {
        private final Optional<String> notSerializable;

        Unwritable(String message, Throwable cause) {
            super(cause);
            notSerializable = Optional.of(message);
        }

        @Override
        public String getMessage() {
            return notSerializable.orElseThrow();
        }
    }

    @InContainer
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class Ordered extends Small {

        private static final StringBuilder CALLS = new StringBuilder();

        @BeforeAll
        static void beforeAll(BundleContext context) {
            CALLS.append(context.getBundle() == null ? "?" : "A");
        }

        @BeforeEach
        void beforeEach() {
            CALLS.append("b");
        }

        @Test
        void first() {
            assertEquals("Ab", CALLS.toString());
        }

        @Test
        void second() {
            assertEquals("Abeb", CALLS.toString());
        }

        @Nested
        final class Third {

            @BeforeAll
            static void beforeNested() {
                CALLS.append("N");
            }

            @BeforeEach
            void beforeEachNested() {
                CALLS.append("n");
            }

            @Test
            void third() {
                assertEquals("AbebeNbn", CALLS.toString());
            }
        }

        @AfterEach
        void afterEach() {
            CALLS.append("e");
        }

        @AfterAll
        static void afterAll() {
            // Seen from outside as the failure of the class, which proves that it was called, and inside.
            fail(CALLS + " " + inside());
        }
    }

    @InContainer
    static final class UsesWhatIsNotThere extends Small {
        @Test
        void passes() {}

        static EngineTestKit.Builder helper() {
            return EngineTestKit.engine("junit-jupiter");
        }
    }

    @InContainer
    static final class NoJUnit {
        @Configuration
        static Option container() {
            return Platform.slf4j();
        }

        @Test
        void cannotRun() {}
    }

    @InContainer(Container.FORKED)
    static final class Crashing extends Small {
        @Test
        void crashes() {
            Runtime.getRuntime().halt(1);
        }
    }

    @InContainer(Container.FORKED)
    static final class Forked extends Small {
        @Test
        void fails() {
            assertEquals("wanted", "gotten", line());
        }
    }
}
