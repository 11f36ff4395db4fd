package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;

/** P12 exceptions of a source, P13 no re-entry. */
interface CallbackRules extends Rules {

    @Test
    default void p12_anExceptionPassesOutOfPollAndTheRestIsReportedNext() throws IOException {
        var thrown = new IllegalArgumentException("thrown by a source");
        assertPassesAndTheRestIsReportedNext(thrown, () -> {
            throw thrown;
        });
    }

    @Test
    default void p12_anErrorPassesOutOfPollAndTheRestIsReportedNext() throws IOException {
        var thrown = new StackOverflowError("thrown by a source");
        assertPassesAndTheRestIsReportedNext(thrown, () -> {
            throw thrown;
        });
    }

    private void assertPassesAndTheRestIsReportedNext(Throwable thrown, Probe.Action thrower) throws IOException {
        List<Probe> probes = List.of(bench().readable(), bench().readable(), bench().readable());
        bench().readyTogether(probes.toArray(Probe[]::new));
        var calls = new AtomicInteger();
        for (Probe probe : probes) {
            probe.whenTold(() -> {
                if (calls.incrementAndGet() == 1) {
                    thrower.run();
                }
            });
        }
        Poller poller = bench().poller();
        assertSame(thrown, assertThrows(Throwable.class, () -> poller.poll(0)));
        bench().assertToldOnce(probes);
    }

    @Test
    default void p12_aPollerStaysUsableAfterAnException() throws IOException {
        Probe thrower = bench().readable();
        bench().readyTogether(thrower);
        thrower.whenTold(() -> {
            throw new IllegalArgumentException("thrown by a source");
        });
        for (int i = 0; i < 3; i++) {
            assertThrows(IllegalArgumentException.class, () -> bench().poller().poll(0));
        }
        thrower.registration().remove();
        bench().readyTogether(bench().readable());
    }

    @Test
    default void p13_pollInsideACallbackIsRefusedAndTheOuterOneGoesOn() throws IOException {
        Poller poller = bench().poller();
        Probe one = bench().readable();
        Probe two = bench().readable();
        bench().readyTogether(one, two);
        Probe.Action refused = () -> assertThrows(IllegalStateException.class, () -> poller.poll(0));
        one.whenTold(refused);
        two.whenTold(refused);
        bench().assertToldOnce(List.of(one, two));
        bench().assertToldOnce(List.of(one, two));
    }

    @Test
    default void p13_afterAnExceptionTheNextPollIsNotTakenForANestedOne() throws IOException {
        Probe thrower = bench().readable();
        bench().readyTogether(thrower);
        thrower.onceTold(() -> {
            throw new IllegalArgumentException("thrown by a source");
        });
        assertThrows(IllegalArgumentException.class, () -> bench().poller().poll(0));
        bench().assertTold(thrower, Interest.READ);
    }
}
