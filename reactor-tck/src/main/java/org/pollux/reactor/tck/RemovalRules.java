package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;

/** P16 removal is at once. */
interface RemovalRules extends Rules {

    @ParameterizedTest
    @EnumSource
    default void p16_whatIsRemovedIsNotTold(LineKind kind) throws IOException {
        Probe probe = bench().readable(kind);
        bench().readyTogether(probe);
        probe.registration().remove();
        bench().assertIdle(Duration.ofMillis(10));
        assertEquals(0, probe.calls());
    }

    @ParameterizedTest
    @EnumSource
    default void p16_whatIsRemovedInTheSameTurnIsNotTold(LineKind kind) throws IOException {
        Probe one = bench().readable(kind);
        Probe two = bench().readable(kind);
        bench().readyTogether(one, two);
        one.whenTold(() -> two.registration().remove());
        two.whenTold(() -> one.registration().remove());
        assertEquals(1, bench().poller().poll(0));
        assertEquals(1, one.calls() + two.calls());
    }

    @Test
    default void p16_whenTheFirstRemovesAllOthersItIsTheOnlyOne() throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            probes.add(bench().readable());
        }
        bench().readyTogether(probes.toArray(Probe[]::new));
        for (Probe probe : probes) {
            probe.whenTold(() -> {
                for (Probe any : probes) {
                    any.registration().remove();
                }
            });
        }
        assertEquals(1, bench().poller().poll(0));
        bench().assertIdle(Duration.ofMillis(5));
    }

    @Test
    default void p16_removingTwiceIsHarmless() throws IOException {
        Probe probe = bench().readable();
        probe.registration().remove();
        assertDoesNotThrow(probe.registration()::remove);
        bench().poller().poll(0);
        assertDoesNotThrow(probe.registration()::remove);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    default void p16_aRemovedChannelIsAddedAgainImmediately(LineKind kind) throws IOException {
        Probe before = bench().readable(kind);
        bench().readyTogether(before);
        for (int i = 0; i < 10; i++) {
            before.registration().remove();
            Probe after = bench().watch(before.channel(), Interest.READ);
            bench().readyTogether(after);
            assertEquals(0, before.calls());
            before = after;
        }
    }

    @Test
    default void p16_removingTheOldRegistrationAgainDoesNotDisturbTheNewOne() throws IOException {
        Probe before = bench().readable();
        before.registration().remove();
        Probe after = bench().watch(before.channel(), Interest.READ);
        before.registration().remove();
        bench().readyTogether(after);
    }

    /** One-shot events depend on this. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    default void p16_aSourceRemovesItselfAndAddsItsChannelAgainInItsCallback(LineKind kind) throws IOException {
        Probe once = bench().readable(kind);
        bench().readyTogether(once);
        List<Probe> added = new ArrayList<>();
        once.onceTold(() -> {
            once.registration().remove();
            added.add(bench().watch(once.channel(), Interest.READ));
        });
        bench().poller().poll(0);
        assertEquals(1, once.calls());
        bench().readyTogether(added.getFirst());
        assertEquals(1, once.calls());
    }

    @Test
    default void p16_addingAgainInACallbackNeitherLosesNorRepeatsTheOthersReports() throws IOException {
        List<Probe> probes = List.of(bench().readable(), bench().readable(), bench().readable(), bench().readable());
        bench().readyTogether(probes.toArray(Probe[]::new));
        for (Probe probe : probes) {
            probe.whenTold(() -> {
                probe.registration().remove();
                probe.addTo(bench().poller(), Interest.READ);
            });
        }
        for (int i = 0; i < 5; i++) {
            bench().assertToldOnce(probes);
        }
    }

    /** The report that was collected for the old registration is dropped with it; the new registration gets its own. */
    @Test
    default void p16_anotherSourceAddedForACollectedChannelIsTheOnlyOneTold() throws IOException {
        Probe one = bench().readable();
        Probe two = bench().readable();
        bench().readyTogether(one, two);
        List<Probe> successors = new ArrayList<>();
        one.onceTold(() -> successors.add(replace(two)));
        two.onceTold(() -> successors.add(replace(one)));
        bench().poller().poll(0);
        assertEquals(1, one.calls() + two.calls());
        bench().pollUntil("the successor is told", () -> successors.getFirst().calls() > 0);
    }

    private Probe replace(Probe probe) throws IOException {
        probe.registration().remove();
        return bench().watch(probe.channel(), Interest.READ);
    }
}
