package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.tck.broken.RefusingBackend;
import org.pollux.reactor.tck.loop.Peer;
import org.pollux.reactor.tck.loop.Recorder;

/** Case 49: a backend that fails in the middle of a swap. */
interface SwapFailureRules extends SwapRules {

    /** Watched channels of a test, beside its one connection. */
    int CHANNELS = 5;

    @Test
    default void case49_aBackendThatOpensNoPollerSaysWhyAndEverythingStaysOnTheOldOne() throws IOException {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        List<Integer> told = watchReadableChannels();
        String before = bench().reactor().backend();
        var refusing = RefusingBackend.ofPollers(bench().to(), () -> {
            throw new IOException("no library");
        });
        IOException reason = assertThrows(IOException.class, () -> bench().moveTo(refusing));
        assertEquals("no library", reason.getMessage());
        assertEquals(before, bench().reactor().backend());
        assertAllGoOn(told, recorder, peer);
    }

    @Test
    default void case49_aPollerThatRefusesASourceSaysWhyAndEverythingStaysOnTheOldOne() throws IOException {
        assertEveryRefusalIsHarmless("no memory", () -> {
            throw new IOException("no memory");
        });
    }

    @Test
    default void case49_aPollerThatCannotWatchASourceSaysWhyAndEverythingStaysOnTheOldOne() throws IOException {
        assertEveryRefusalIsHarmless("no such channels here", () -> {
            throw new IllegalArgumentException("no such channels here");
        });
    }

    /** The first source is refused, then the second, and so on until the poller has room for all. */
    private void assertEveryRefusalIsHarmless(String reason, RefusingBackend.Refusal refusal) throws IOException {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        List<Integer> told = watchReadableChannels();
        int room = 0;
        while (!takesAll(RefusingBackend.ofSourcesAfter(room, bench().to(), refusal), reason)) {
            assertAllGoOn(told, recorder, peer);
            room++;
        }
        assertTrue(room > CHANNELS, "refused only " + room + " times for " + CHANNELS + " channels and a connection");
        assertAllGoOn(told, recorder, peer);
    }

    private boolean takesAll(RefusingBackend refusing, String reason) {
        try {
            assertEquals(CHANNELS + 1, bench().moveTo(refusing));
            return true;
        } catch (IOException | IllegalArgumentException refused) {
            assertEquals(reason, refused.getMessage());
            assertEquals(1, refusing.opened());
            assertEquals(1, refusing.closed(), "the half-filled poller is given back");
            return false;
        }
    }

    @Test
    default void case49_afterAFailureItCanGoElsewhere() throws IOException {
        Recorder recorder = new Recorder();
        Peer peer = bench().accept(recorder);
        List<Integer> told = watchReadableChannels();
        var refusing = RefusingBackend.ofSourcesAfter(3, bench().to(), () -> {
            throw new IOException("no memory");
        });
        assertThrows(IOException.class, () -> bench().moveTo(refusing));
        assertEquals(CHANNELS + 1, bench().swap());
        assertAllGoOn(told, recorder, peer);
        assertEquals(CHANNELS + 1, bench().swap());
        assertAllGoOn(told, recorder, peer);
    }

    /** Each channel is ready and stays so; the list has the number of each whenever it is told. */
    private List<Integer> watchReadableChannels() throws IOException {
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            int number = i;
            bench().reactor().watch(bench().readablePipe().source(), Interest.READ, event -> told.add(number));
        }
        return told;
    }

    private void assertAllGoOn(List<Integer> told, Recorder recorder, Peer peer) {
        told.clear();
        bench().turn();
        assertEquals(CHANNELS, told.size(), "each channel is told once a turn");
        assertEquals(CHANNELS, new TreeSet<>(told).size(), "each channel is told");
        bench().assertServes(recorder, peer);
    }
}
