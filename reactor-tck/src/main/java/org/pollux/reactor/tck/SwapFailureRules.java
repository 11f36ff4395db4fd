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
import org.pollux.reactor.Watch;
import org.pollux.reactor.tck.broken.RefusingBackend;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Case 49: a backend that fails in the middle of a swap. */
interface SwapFailureRules extends SwapRules {

    /** Watched channels of a test, in addition to its one connection. */
    int CHANNELS = 5;

    @Test
    default void case49_aBackendThatOpensNoPollerSaysWhyAndEverythingStaysOnTheOldOne() throws IOException {
        Watched watched = watch();
        String before = bench().reactor().backend();
        var refusing = RefusingBackend.ofPollers(bench().to(), () -> {
            throw new IOException("no library");
        });
        IOException reason = assertThrows(IOException.class, () -> bench().moveTo(refusing));
        assertEquals("no library", reason.getMessage());
        assertEquals(before, bench().reactor().backend());
        assertAllGoOn(watched);
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
        Watched watched = watch();
        int room = 0;
        while (!takesAll(RefusingBackend.ofSourcesAfter(room, bench().to(), refusal), reason)) {
            assertAllGoOn(watched);
            room++;
        }
        assertTrue(room > CHANNELS, "refused only " + room + " times for " + CHANNELS + " channels and a connection");
        assertAllGoOn(watched);
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
        Watched watched = watch();
        var refusing = RefusingBackend.ofSourcesAfter(3, bench().to(), () -> {
            throw new IOException("no memory");
        });
        assertThrows(IOException.class, () -> bench().moveTo(refusing));
        assertEquals(CHANNELS + 1, bench().swap());
        assertAllGoOn(watched);
        assertEquals(CHANNELS + 1, bench().swap());
        assertAllGoOn(watched);
    }

    /** A connection, and channels that stay ready; the list gets a channel's number with each of its callbacks. */
    record Watched(Recorder recorder, Peer peer, List<Watch> channels, List<Integer> told) {}

    private Watched watch() throws IOException {
        Recorder recorder = new Recorder();
        Watched watched = new Watched(recorder, bench().accept(recorder), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < CHANNELS; i++) {
            int number = i;
            watched.channels.add(bench().reactor()
                    .watch(bench().readablePipe().source(), Interest.READ, (_, _) -> watched.told.add(number)));
        }
        return watched;
    }

    private void assertAllGoOn(Watched watched) {
        bench().assertServes(watched.recorder, watched.peer);
        watched.channels.forEach(event -> event.interest(Interest.NONE));
        watched.told.clear();
        bench().turn();
        assertEquals(List.of(), watched.told, "nobody is told whose interest is gone");
        watched.channels.forEach(event -> event.interest(Interest.READ));
        bench().turn();
        assertEquals(CHANNELS, watched.told.size(), "each channel is told once a turn");
        assertEquals(CHANNELS, new TreeSet<>(watched.told).size(), "each channel is told");
    }
}
