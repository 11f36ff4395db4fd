package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.broken.SwapFault;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.SwappableReactor;

/** The contract of swaps catches a reactor that makes a mistake, by the test that is there for it. */
class BrokenSwapsTest {

    /** With a fault, whose test waits in vain. Long enough for a connect that the system tries again after a second. */
    private static final Duration IN_VAIN = Duration.ofSeconds(3);

    /** Run by the tests here only. */
    static class Subject extends SwapContractTest {

        private static UnaryOperator<SwappableReactor> wrapper = SwapFault::none;
        private static Duration patience = IN_VAIN;

        @Override
        protected List<Backend> backends() {
            return List.of(new NioBackend());
        }

        @Override
        protected SwappableReactor open(Backend first, LongSupplier nanoClock) throws IOException {
            return wrapper.apply(super.open(first, nanoClock));
        }

        @Override
        protected Duration patience() {
            return patience;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContractCatchesIt(SwapFault fault) {
        Events tests = run(fault.caughtBy(), fault::in, IN_VAIN);
        assertEquals(1, tests.started().count(), "tests named " + fault.caughtBy());
        assertEquals(1, tests.failed().count(), "tests that fail although the reactor " + fault);
    }

    @Test
    void theContractFindsNoFaultWithTheWrappingItself() {
        Events tests = run("case", SwapFault::none, Await.DEADLINE);
        assertEquals(List.of(), tests.failed().map(Event::toString).toList());
        assertTrue(
                tests.succeeded().count() > 35,
                "tests run: " + tests.succeeded().count());
    }

    private static Events run(String prefix, UnaryOperator<SwappableReactor> wrapper, Duration patience) {
        Subject.wrapper = wrapper;
        Subject.patience = patience;
        MethodSelector[] selected = Arrays.stream(Subject.class.getMethods())
                .filter(method -> method.getName().startsWith(prefix))
                .map(method -> selectMethod(Subject.class, method))
                .toArray(MethodSelector[]::new);
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selected)
                .execute()
                .testEvents();
    }
}
