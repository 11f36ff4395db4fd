package org.pollux.reactor.tck;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.SwappableReactor;

/**
 * Tests what a reactor keeps in a swap of its backend, for every ordered pair of backends, including each with itself:
 *
 * <ul>
 *   <li><b>case47</b> Bytes unread in the kernel, bytes unsent in the queue, a half-closed stream, a paused reader, a
 * pending connect, a listener with a backlog: each continues.
 *   <li><b>case48</b> Every source keeps its interest; no one-shot event is reported twice; timers keep
 *       their deadlines.
 *   <li><b>case49</b> A backend whose {@code open} or {@code add} fails leaves everything on the old one, and the exception
 * gives the reason.
 *   <li><b>case50</b> A swap is requested inside a callback, after another swap, and while hundreds of connections open and
 * close.
 * </ul>
 *
 * <p>A reactor's author writes only this:
 *
 * <pre>{@code
 * class SwapContractTest extends SwapContract {
 *     @Override
 *     protected List<Backend> backends() {
 *         return List.of(new NioBackend(), new LibeventBackend());
 *     }
 *
 *     @Override
 *     protected SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException {
 *         EventLoop loop = new EventLoop(first, nanoClock);
 *         return new SwappableReactor(loop, loop::turn, loop::moveTo);
 *     }
 * }
 * }</pre>
 *
 * <p>The tests turn the reactor by hand, with a clock of their own, and wait only for the system's sockets. A test that
 * hangs fails after {@value PollerContract#SECONDS_UNTIL_IT_HANGS} seconds.
 */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(SwapPairs.class)
@Timeout(value = PollerContract.SECONDS_UNTIL_IT_HANGS, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class SwapContract
        implements SwapStreamRules,
                SwapStreamEndRules,
                SwapConnectRules,
                SwapListenerRules,
                SwapInterestRules,
                SwapTimerRules,
                SwapFailureRules,
                SwapRequestRules,
                SwapLoadRules {

    @Parameter
    @Nullable
    SwapPair pair;

    private @Nullable SwapBench bench;

    /** For the test class. JUnit makes one instance for each test. */
    protected SwapContract() {}

    /** The backends whose pairs are tested; called once. */
    protected abstract List<Backend> backends();

    /**
     * Opens the reactor under test.
     *
     * @param nanoClock the clock of the reactor; the tests move it
     */
    protected abstract SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException;

    /** The longest time that an expected event may take before a test fails. Override it for a slow or a fast machine. */
    protected Duration patience() {
        return Await.DEADLINE;
    }

    /** The equipment of a test. */
    @Override
    public final SwapBench bench() {
        if (bench == null) {
            bench = newBench(requireNonNull(pair, "JUnit has set no pair"));
        }
        return bench;
    }

    private SwapBench newBench(SwapPair swapped) {
        ManualClock clock = new ManualClock();
        try {
            return new SwapBench(open(swapped.from(), clock), clock, patience(), swapped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    final void clearTheBench() {
        bench().close();
    }
}
