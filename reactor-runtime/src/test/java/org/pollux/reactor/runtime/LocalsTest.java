package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Key;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.testkit.Recorder;

/** What protocols keep with a reactor. */
class LocalsTest {

    private static final Key<Pool> POOL = Key.named("pool");
    private static final Key<Pool> OTHER = Key.named("pool");

    private final TestLoop test;
    private final List<String> log = new ArrayList<>();

    LocalsTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private final class Pool implements AutoCloseable {

        private final String name;

        Pool(String name) {
            this.name = name;
        }

        @Override
        public void close() {
            log.add(name + " closed, on the loop: " + test.loop.inLoop());
            if (name.equals("faulty")) {
                throw new IllegalStateException("made to fail");
            }
        }
    }

    @Test
    void itIsMadeOnceForEachReactorAndEachKey() throws IOException {
        Pool made = test.loop.local(POOL, _ -> new Pool("first"));
        assertSame(made, test.loop.local(POOL, _ -> new Pool("second")));
        assertEquals("other", test.loop.local(OTHER, _ -> new Pool("other")).name, "a key equals itself alone");
        try (TestLoop another = new TestLoop()) {
            assertEquals("another's", another.loop.local(POOL, _ -> new Pool("another's")).name);
        }
    }

    @Test
    void itIsMadeForTheReactorAndMayAskForAnother() {
        List<Reactor> asked = new ArrayList<>();
        Pool made = test.loop.local(POOL, reactor -> {
            asked.add(reactor);
            return new Pool("on " + reactor.local(OTHER, _ -> new Pool("other")).name);
        });
        assertEquals("on other", made.name);
        assertEquals(List.of(test.loop), asked);
    }

    @Test
    void whatAsksForItselfIsRefused() {
        assertThrows(
                IllegalStateException.class,
                () -> test.loop.local(POOL, reactor -> reactor.local(POOL, _ -> new Pool("inner"))));
    }

    @Test
    void whenMakingItFailsItIsMadeTheNextTime() {
        assertThrows(
                IllegalArgumentException.class,
                () -> test.loop.local(POOL, _ -> {
                    throw new IllegalArgumentException("made to fail");
                }));
        assertEquals("next", test.loop.local(POOL, _ -> new Pool("next")).name);
    }

    @Test
    void theReactorClosesThemTheLastMadeFirstAfterItsConnectionsHaveEnded() {
        test.loop.local(POOL, _ -> new Pool("first"));
        test.loop.local(OTHER, _ -> new Pool("second"));
        test.loop.local(Key.named("a text"), _ -> "nothing to close");
        test.accept(new Recorder() {
            @Override
            protected void closed(Connection c) {
                log.add("connection ended with " + c.reactor().local(POOL, _ -> new Pool("late")).name);
            }
        });
        test.settle();
        test.loop.close();
        assertEquals(
                List.of(
                        "connection ended with first",
                        "second closed, on the loop: true",
                        "first closed, on the loop: true"),
                log);
        assertThrows(IllegalStateException.class, () -> test.loop.local(POOL, _ -> new Pool("too late")));
    }

    @Test
    void oneThatDoesNotCloseWellHarmsNoOther() {
        try (CapturedLog captured = new CapturedLog()) {
            test.loop.local(POOL, _ -> new Pool("first"));
            test.loop.local(OTHER, _ -> new Pool("faulty"));
            test.loop.close();
            assertEquals(2, log.size());
            captured.says("made to fail");
        }
    }

    @Test
    void whatIsRemovedIsNotClosedAndMadeAnew() {
        Pool made = test.loop.local(POOL, _ -> new Pool("first"));
        assertSame(made, test.loop.removeLocal(POOL));
        assertNull(test.loop.removeLocal(POOL));
        assertEquals("second", test.loop.local(POOL, _ -> new Pool("second")).name);
        test.loop.close();
        assertEquals(List.of("second closed, on the loop: true"), log);
    }

    @Test
    void itIsOfTheReactorsThreadAlone() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            running.call(() -> "it runs");
            assertThrows(IllegalStateException.class, () -> running.loop.local(POOL, _ -> new Pool("elsewhere")));
            assertThrows(IllegalStateException.class, () -> running.loop.removeLocal(POOL));
        }
    }
}
