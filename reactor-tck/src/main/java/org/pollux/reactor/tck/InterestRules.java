package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;

/** P15 interest. */
interface InterestRules extends Rules {

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX_DOMAIN"})
    default void p15_everyChangeHoldsFromTheNextPoll(LineKind kind) throws IOException {
        Probe probe = bench().readableAndWritable(kind);
        for (Interest from : Interest.values()) {
            for (Interest to : Interest.values()) {
                assertReported(probe, from);
                assertReported(probe, to);
            }
        }
    }

    @Test
    default void p15_severalChangesBetweenTwoPollsCountAsTheLast() throws IOException {
        Probe probe = bench().readableAndWritable(LineKind.TCP);
        probe.registration().interest(Interest.NONE);
        probe.registration().interest(Interest.READ);
        assertReported(probe, Interest.WRITE);
        probe.registration().interest(Interest.NONE);
        assertReported(probe, Interest.WRITE);
    }

    @ParameterizedTest
    @EnumSource
    default void p15_settingTheSameInterestAgainChangesNothing(LineKind kind) throws IOException {
        Probe probe = bench().readable(kind);
        bench().readyTogether(probe);
        assertReported(probe, Interest.READ);
        assertReported(probe, Interest.READ);
    }

    @ParameterizedTest
    @EnumSource
    default void p15_anInterestBeginsAndEndsWithoutATraceOfWhatWasBefore(LineKind kind) throws IOException {
        Line line = bench().line(kind);
        Probe probe = bench().watch(line.reader(), Interest.NONE);
        line.sendOneByte();
        bench().assertIdle(Duration.ofMillis(5));
        probe.registration().interest(Interest.READ);
        bench().readyTogether(probe);
        probe.registration().interest(Interest.NONE);
        bench().assertIdle(Duration.ofMillis(5));
    }

    @Test
    default void p15_aChangeInTheCallbackOfAnotherHoldsAtOnce() throws IOException {
        Probe one = bench().readable();
        Probe two = bench().readable();
        bench().readyTogether(one, two);
        one.whenTold(() -> two.registration().interest(Interest.NONE));
        two.whenTold(() -> one.registration().interest(Interest.NONE));
        assertEquals(1, bench().poller().poll(0));
        one.forget();
        two.forget();
        assertEquals(1, bench().poller().poll(0), "the other one has lost its interest");
    }

    @Test
    default void p15_aRemovedRegistrationHasNoInterest() throws IOException {
        Probe probe = bench().readable();
        probe.registration().remove();
        assertThrows(IllegalStateException.class, () -> probe.registration().interest(Interest.WRITE));
    }

    private void assertReported(Probe probe, Interest interest) throws IOException {
        probe.registration().interest(interest);
        probe.forget();
        bench().poller().poll(0);
        assertEquals(interest == Interest.NONE ? List.of() : List.of(interest), probe.reports());
    }
}
