package org.pollux.reactor.tck.seeds;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.support.ReflectionSupport;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.TestedBackend;

/**
 * The tests of a module whose backends come from {@link TestedBackend}, once more with faults. A module's author writes only
 * this:
 *
 * <pre>{@code
 * class ChaosTest extends SeededTests {
 *     ChaosTest() {
 *         super(1, 2, SocketsTest.class, FileSocketsTest.class);
 *     }
 *
 *     @Override
 *     protected Backend inject(Backend sound, long seed) {
 *         return new ChaosBackend(sound, ChaosSettings.of(seed));
 *     }
 * }
 * }</pre>
 *
 * <p>In a build, each class runs with at least one of the seeds, and each seed with at least one class. {@code
 * benchmarks/chaos} runs all classes with as many seeds as it is told. Tests that are tagged {@value #EXACT} or {@value #ONCE} are left
 * out.
 */
public abstract class SeededTests {

    /**
     * The tag of tests that are right on a backend without faults only: they count turns or the pieces in which bytes come, or
     * rely on the room that a socket has.
     */
    public static final String EXACT = "exact";

    /** The tag of tests that need no repetition, because they wait for a time that the server counts. Each would cost a second or more. */
    public static final String ONCE = "once";

    /** The tag of subclasses that take too long for a build. {@code benchmarks/chaos} runs them, and the build leaves them out. */
    public static final String ON_DEMAND = "on-demand";

    private final long firstSeed;
    private final int seeds;
    private final List<Class<?>> tests;

    /**
     * Tests for the build.
     *
     * @param firstSeed the others follow
     * @param seeds how many
     */
    protected SeededTests(long firstSeed, int seeds, Class<?>... tests) {
        this.firstSeed = firstSeed;
        this.seeds = seeds;
        this.tests = List.of(tests);
    }

    /** A backend with faults. */
    protected abstract Backend inject(Backend sound, long seed);

    @TestFactory
    final Stream<DynamicTest> theyPassWithFaults() {
        return IntStream.range(0, seeds).mapToObj(index -> {
            long seed = firstSeed + index;
            return dynamicTest("seed " + seed, () -> requireSuccess(seed, shareOf(index)));
        });
    }

    private List<Class<?>> shareOf(int seed) {
        List<Class<?>> share = new ArrayList<>();
        for (int i = 0; i < Math.max(seeds, tests.size()); i++) {
            if (i % seeds == seed) {
                share.add(tests.get(i % tests.size()));
            }
        }
        return share;
    }

    private void requireSuccess(long seed, List<Class<?>> share) {
        SeededRun run = run(seed, share);
        if (run.isFailed()) {
            throw new AssertionError(run.report());
        }
    }

    private SeededRun run(long seed, List<Class<?>> share) {
        SeededRun run = new SeededRun(seed, share);
        TestedBackend.wrapped(sound -> inject(sound, seed), run);
        return run;
    }

    /**
     * Runs all tests of a subclass with a range of seeds, and prints a line for each seed: {@code benchmarks/chaos} reads them.
     *
     * @param arguments the subclass, the first seed, the last one, by how much each is more than the one before it, and {@code all}, or
     *     {@code one} if each seed runs one of the subclass's tests, in turn
     */
    public static void main(String[] arguments) throws ClassNotFoundException {
        SeededTests tests = (SeededTests) ReflectionSupport.newInstance(Class.forName(arguments[0]));
        boolean failed = false;
        long step = Long.parseLong(arguments[3]);
        boolean one = arguments[4].equals("one");
        for (long seed = Long.parseLong(arguments[1]); seed <= Long.parseLong(arguments[2]); seed += step) {
            List<Class<?>> share = tests.tests;
            SeededRun run = tests.run(seed, one ? List.of(share.get((int) (seed / step % share.size()))) : share);
            System.out.println(run.isFailed() ? run.report() : "seed " + seed + ": " + run.count() + " tests pass");
            failed |= run.isFailed();
        }
        System.exit(failed ? 1 : 0);
    }
}
