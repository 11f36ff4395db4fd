package org.pollux.reactor.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.tck.PollerContract;
import org.pollux.reactor.tck.broken.Fault;

/** The contract catches a poller that breaks a rule, by a test that carries the number of the rule. */
class BrokenPollersTest {

    /** Run by the tests here only. */
    static class Subject extends PollerContract {

        private static UnaryOperator<Backend> wrapper = Fault::none;
        private static Duration patience = Duration.ofSeconds(10);

        @Override
        protected Backend backend() {
            return wrapper.apply(new NioBackend());
        }

        @Override
        protected Duration patience() {
            return patience;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContractCatchesIt(Fault fault) {
        TestExecutionSummary summary = run(fault.testPrefix(), fault::in, Duration.ofMillis(500));
        assertTrue(summary.getTestsFailedCount() > 0, "no test fails although " + fault);
    }

    @Test
    void theContractFindsNoFaultWithTheWrappingItself() {
        TestExecutionSummary summary = run("p", Fault::none, Duration.ofSeconds(10));
        assertEquals(List.of(), failures(summary));
        assertTrue(summary.getTestsSucceededCount() > 100, "tests run: " + summary.getTestsSucceededCount());
    }

    /** On a busy machine a spinning thread gets little CPU time, and one wait may not show it. */
    @Test
    void aPollerThatSpinsInsteadOfSleepingIsCaught() {
        Set<String> failures = new TreeSet<>();
        for (int attempt = 0;
                attempt < 20 && failures.stream().noneMatch(failure -> failure.contains("it spins"));
                attempt++) {
            failures.addAll(failures(run("p11_", Spinning::new, Duration.ofSeconds(10))));
        }
        assertTrue(failures.stream().anyMatch(failure -> failure.contains("it spins")), failures::toString);
    }

    /** Polls without waiting, again and again until the time is over. */
    private record Spinning(Backend sound) implements Backend {

        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public String description() {
            return sound.description();
        }

        @Override
        public Poller open() throws IOException {
            Poller poller = sound.open();
            return new Poller() {
                @Override
                public Registration add(Source source, Interest interest) throws IOException {
                    return poller.add(source, interest);
                }

                @Override
                public int poll(long timeoutNanos) throws IOException {
                    long start = System.nanoTime();
                    int told = poller.poll(0);
                    while (told == 0 && System.nanoTime() - start < timeoutNanos) {
                        told = poller.poll(0);
                    }
                    return told;
                }

                @Override
                public void close() throws IOException {
                    poller.close();
                }
            };
        }
    }

    @Test
    void thereIsAFaultForEachRule() {
        List<String> rules =
                IntStream.rangeClosed(1, 29).mapToObj(number -> "P" + number).toList();
        assertEquals(rules, Stream.of(Fault.values()).map(Fault::name).toList());
    }

    private static TestExecutionSummary run(String prefix, UnaryOperator<Backend> wrapper, Duration patience) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Subject.class))
                .filters((PostDiscoveryFilter)
                        test -> FilterResult.includedIf(methodName(test).startsWith(prefix)))
                .build();
        var listener = new SummaryGeneratingListener();
        Subject.wrapper = wrapper;
        Subject.patience = patience;
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
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
