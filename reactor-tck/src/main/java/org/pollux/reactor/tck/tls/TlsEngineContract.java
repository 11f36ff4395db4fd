package org.pollux.reactor.tck.tls;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.pollux.reactor.tls.TlsEngine;

/**
 * The rules of {@link org.pollux.reactor.tls}, T1 to T26, as tests of one engine. An engine's author writes only this:
 *
 * <pre>{@code
 * class JsseEngineContractTest extends TlsEngineContract {
 *     @Override
 *     protected TlsEngine engine() {
 *         return new JsseEngine();
 *     }
 * }
 * }</pre>
 *
 * <p>T27, the memory of idle sessions, can be seen by an engine's own tests only. Tests of a {@code TlsFeature} that the engine
 * does not have, and of T26 when it gives no session away, find nothing to test. A test that hangs fails after
 * {@value #SECONDS_UNTIL_IT_HANGS} seconds.
 */
@Timeout(value = TlsEngineContract.SECONDS_UNTIL_IT_HANGS, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class TlsEngineContract
        implements ContextRules,
                CertificateRules,
                NegotiationRules,
                ClientCertificateRules,
                ResumptionRules,
                TrustRules,
                HandshakeRules,
                ReadRules,
                RecordRules,
                WriteRules,
                LaterMessageRules,
                EndRules,
                FailureRules,
                DetachRules {

    static final int SECONDS_UNTIL_IT_HANGS = 30;

    private @Nullable TlsBench bench;

    /** For the engine's test class. JUnit makes one instance for each test. */
    protected TlsEngineContract() {}

    /** The engine to test; called once for each test. */
    protected abstract TlsEngine engine();

    /** The equipment of a test. */
    @Override
    public final TlsBench bench() {
        if (bench == null) {
            bench = new TlsBench(engine());
        }
        return bench;
    }
}
