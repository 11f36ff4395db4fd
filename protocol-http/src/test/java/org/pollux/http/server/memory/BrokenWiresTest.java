package org.pollux.http.server.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.pollux.http.server.contract.ExchangeContract;
import org.pollux.http.server.contract.Wire;

/** The contract finds a wire that breaks a promise. That it finds none in the sound one is {@link MemoryExchangeTest}. */
class BrokenWiresTest {

    /** Run by the tests here only. */
    static class Subject extends ExchangeContract {

        private static Fault fault = Fault.LOSES_THE_LAST_PIECE;

        @Override
        protected Wire open() {
            return new MemoryWire(fault::stream);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContractFindsIt(Fault fault) {
        Subject.fault = fault;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Subject.class))
                .filters((PostDiscoveryFilter)
                        test -> FilterResult.includedIf(methodName(test).equals(fault.test())))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        assertEquals(1, summary.getTestsFoundCount(), fault.test());
        assertEquals(1, summary.getTestsFailedCount(), () -> fault + " is not found by " + fault.test());
    }

    private static String methodName(TestDescriptor test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse("");
    }
}
