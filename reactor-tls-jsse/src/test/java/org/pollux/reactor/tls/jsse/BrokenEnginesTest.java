package org.pollux.reactor.tls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.pollux.reactor.tck.tls.TlsEngineContract;
import org.pollux.reactor.tck.tls.broken.TlsFault;
import org.pollux.reactor.tls.TlsEngine;

/** The contract catches an engine that breaks a rule, by a test that carries the number of the rule. */
@Timeout(120)
class BrokenEnginesTest {

    /** Run by the tests here only. */
    static class Subject extends TlsEngineContract {

        private static UnaryOperator<TlsEngine> wrapper = TlsFault::none;

        @Override
        protected TlsEngine engine() {
            return wrapper.apply(new JsseEngine());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContractCatchesIt(TlsFault fault) {
        TestExecutionSummary summary = run(fault.testPrefix(), fault::in);
        assertTrue(summary.getTestsFailedCount() > 0, "no test fails although " + fault);
    }

    /** The contract of this engine has all rules; this one is about sessions that are given away, which needs the wrapping. */
    @Test
    void theContractFindsNoFaultWithTheWrappingItself() {
        TestExecutionSummary summary = run("t26_", TlsFault::none);
        assertEquals(List.of(), failures(summary));
        assertEquals(13, summary.getTestsSucceededCount());
    }

    @Test
    void thereIsAFaultForEachRule() {
        List<String> rules =
                IntStream.rangeClosed(1, 26).mapToObj(number -> "T" + number).toList();
        assertEquals(rules, Stream.of(TlsFault.values()).map(TlsFault::name).toList());
    }

    /** Until the first one fails. */
    private static TestExecutionSummary run(String prefix, UnaryOperator<TlsEngine> wrapper) {
        LauncherDiscoveryRequest tests = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Subject.class))
                .filters((PostDiscoveryFilter)
                        test -> FilterResult.includedIf(methodName(test).startsWith(prefix)))
                .build();
        CancellationToken enough = CancellationToken.create();
        var summary = new SummaryGeneratingListener();
        var failures = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    enough.cancel();
                }
            }
        };
        Subject.wrapper = wrapper;
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(tests)
                        .listeners(summary, failures)
                        .cancellationToken(enough)
                        .build());
        return summary.getSummary();
    }

    private static List<String> failures(TestExecutionSummary summary) {
        return summary.getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getUniqueId() + ": " + failure.getException())
                .toList();
    }

    private static String methodName(TestDescriptor test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse("");
    }
}
