package org.pollux.reactor.tck;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.pollux.reactor.spi.Backend;

/**
 * Every rule of the SPI, P1 to P29, as tests of one backend. A backend's author writes only this:
 *
 * <pre>{@code
 * class NioPollerContractTest extends PollerContract {
 *     @Override
 *     protected Backend backend() {
 *         return new NioBackend();
 *     }
 * }
 * }</pre>
 *
 * <p>Each test opens, uses and leaves its poller on one thread; the poller is closed on another thread after the first has
 * finished. A test that hangs fails after {@value #SECONDS_UNTIL_IT_HANGS} seconds. Tests of one class run one after the
 * other; some count the descriptors of the whole process, so nothing else should open any meanwhile.
 */
@Timeout(value = PollerContract.SECONDS_UNTIL_IT_HANGS, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class PollerContract
        implements OpenAndCloseRules,
                AddingRules,
                ReadinessRules,
                SocketEventRules,
                WaitingRules,
                CallbackRules,
                InterestRules,
                RemovalRules,
                DescriptorRules,
                ReadingRules,
                WritingRules,
                NothingKeptBackRules,
                FileRules,
                StreamRules,
                SendingRules,
                HandoverRules {

    static final int SECONDS_UNTIL_IT_HANGS = 30;

    private @Nullable Bench bench;

    /** For the backend's test class. JUnit makes one instance for each test. */
    protected PollerContract() {}

    /** The backend to test; called once for each test. */
    protected abstract Backend backend();

    /**
     * The longest time that an expected event may take before a test fails. Override it for a slow or a fast machine.
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** The equipment of a test. */
    @Override
    public final Bench bench() {
        if (bench == null) {
            bench = new Bench(backend(), patience());
        }
        return bench;
    }

    @AfterEach
    final void clearTheBench() throws IOException {
        bench().close();
    }
}
