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
 * What a reactor keeps when its backend is exchanged, as tests of every ordered pair of backends, each and itself too:
 *
 * <ul>
 *   <li><b>case47</b> Bytes unread in the kernel, bytes unsent in the queue, a half-closed stream, a paused reader, a
 *       connect under way, a listener with a backlog: each goes on.
 *   <li><b>case48</b> The interest of every source is what it was; nothing is reported twice as one-shot; timers keep
 *       their deadlines.
 *   <li><b>case49</b> A backend whose {@code open} or {@code add} fails leaves everything on the old one, and says why.
 *   <li><b>case50</b> A swap is asked for inside a callback, behind another swap, and while connections come and go by
 *       the hundred.
 * </ul>
 *
 * <p>This is all that is written for a reactor:
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
 * <p>The tests turn the reactor by hand, with a clock of their own, and wait for nothing but the system's sockets. One
 * that hangs fails after {@value PollerContract#SECONDS_UNTIL_IT_HANGS} seconds.
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

    /** For the test class, whose instances JUnit makes, one for each test. */
    protected SwapContract() {}

    /** The backends whose pairs are tested; asked for once. */
    protected abstract List<Backend> backends();

    /**
     * Opens the reactor under test.
     *
     * @param nanoClock what it goes by; the tests move it
     */
    protected abstract SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException;

    /** How long what must happen may take, before a test fails: for a user who knows that this machine is slow, or fast. */
    protected Duration patience() {
        return Await.DEADLINE;
    }

    /** What a test works with. */
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
