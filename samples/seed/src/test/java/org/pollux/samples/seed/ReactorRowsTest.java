package org.pollux.samples.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.Watch;
import org.pollux.reactor.runtime.EventLoop;

/** The rows about the scheduler itself. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class ReactorRowsTest extends RowsTest {

    ReactorRowsTest(Backends backend) throws IOException {
        super(backend);
    }

    @Test
    void makeReactor() throws Exception {
        try (Reactor mine = new EventLoop(backend.make());
                Reactor anothers = new EventLoop(backend.make())) {
            mine.after(Duration.ZERO, _ -> log.add("by me: " + mine.inLoop()));
            anothers.after(Duration.ZERO, _ -> log.add("by another: " + mine.inLoop()));
            Thread thread = Thread.ofPlatform().start(anothers::run);
            thread.join();
            mine.run();
        }
        assertEquals(List.of("by another: false", "by me: true"), log);
    }

    @Test
    void killReactor() throws IOException {
        Watch watch = reactor.watch(silent(), Interest.READ, noteReady("never"));
        reactor.close();
        assertTrue(watch.isClosed());
        assertThrows(IllegalStateException.class, reactor::run);
    }

    @Test
    void runReactor() {
        reactor.after(Duration.ofMillis(1), note("timer"));
        assertEquals(RunResult.EMPTY, reactor.run());
        assertEquals(List.of("timer"), log);
    }

    @Test
    void stopReactor() throws IOException {
        Watch watch = reactor.watch(silent(), Interest.READ, noteReady("never"));
        Thread.startVirtualThread(reactor::stop);
        assertEquals(RunResult.STOPPED, reactor.run());
        watch.close();
        assertEquals(RunResult.EMPTY, reactor.run());
    }

    @Test
    void stopReactorEndsTheRunAfterThePresentCallback() throws IOException {
        for (int i = 0; i < 2; i++) {
            reactor.watch(ready(), Interest.READ, (watch, _) -> {
                watch.close();
                reactor.stop();
                log.add("one of them");
            });
        }
        assertEquals(RunResult.STOPPED, reactor.run());
        assertEquals(List.of("one of them"), log);
        assertEquals(RunResult.STOPPED, reactor.run());
        assertEquals(RunResult.EMPTY, reactor.run());
        assertEquals(List.of("one of them", "one of them"), log);
    }
}
