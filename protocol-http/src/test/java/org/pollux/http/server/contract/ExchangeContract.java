package org.pollux.http.server.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Every promise of an exchange, as tests of one wire. This is all that a wire's test writes, beside its {@link Wire}:
 *
 * <pre>{@code
 * class Http1ExchangeTest extends ExchangeContract {
 *     @Override
 *     protected Wire open() {
 *         return new Http1Wire(new HandServer());
 *     }
 * }
 * }</pre>
 *
 * <p>A wire may add to the contract, and tests that itself: how it frames, what it refuses, what it does to its connection.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class ExchangeContract
        implements HandlerRules,
                RequestRules,
                FilterRules,
                StreamRules,
                EventRules,
                InterimRules,
                BodyRules,
                BodylessRules,
                BlockingRules,
                FileRules,
                FaultRules,
                TimeRules,
                LateRules,
                UpgradeRules,
                GoneRules,
                ConnectionRules {

    private @Nullable Wire wire;

    /** For JUnit, which makes an instance for each test. */
    protected ExchangeContract() {}

    /** The wire under test, on the thread of the test; called once for each. */
    protected abstract Wire open();

    @Override
    public final Wire wire() {
        Wire opened = wire;
        if (opened == null) {
            opened = open();
            wire = opened;
        }
        return opened;
    }
}
