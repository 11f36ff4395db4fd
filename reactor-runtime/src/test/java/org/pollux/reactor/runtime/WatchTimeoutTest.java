package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;

/** The timeout of a watched channel. */
class WatchTimeoutTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestLoop test;
    private final List<String> log = new ArrayList<>();

    WatchTimeoutTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private WatchHandler noteReady() {
        return (_, ready) -> log.add(ready.name());
    }

    private EventHandler noteIdle() {
        return _ -> log.add("idle");
    }

    @Test
    void case20_activityResetsTheTimeoutOfAWatch() throws IOException {
        Pipe pipe = test.pipe();
        test.loop
                .watch(pipe.source(), Interest.READ, (watch, ready) -> {
                    log.add(ready.name());
                    TestLoop.drain(watch);
                })
                .idleTimeout(SECOND, noteIdle());
        test.pass(Duration.ofMillis(900));
        TestLoop.fill(pipe);
        test.turn();
        test.pass(Duration.ofMillis(999));
        assertEquals(List.of("READ"), log);
        test.pass(Duration.ofMillis(1));
        assertEquals(List.of("READ", "idle"), log);
        test.pass(SECOND);
        assertEquals(List.of("READ", "idle", "idle"), log, "again after the same time");
    }

    @Test
    void case20_takingTheTimeoutAwayKeepsTheInterest() throws IOException {
        Pipe pipe = test.pipe();
        Watch event = test.loop.watch(pipe.source(), Interest.READ, noteReady()).idleTimeout(SECOND, noteIdle());
        event.idleTimeout(Duration.ZERO, noteIdle());
        test.pass(Duration.ofDays(1));
        assertEquals(List.of(), log);
        TestLoop.fill(pipe);
        test.turn();
        assertEquals(List.of("READ"), log);
    }

    @Test
    void case17_settingTheTimeoutAgainReplacesIt() throws IOException {
        Watch event = test.loop
                .watch(test.pipe().source(), Interest.READ, noteReady())
                .idleTimeout(SECOND, noteIdle());
        test.pass(Duration.ofMillis(500));
        event.idleTimeout(SECOND, noteIdle());
        test.pass(Duration.ofMillis(999));
        assertEquals(List.of(), log);
        test.pass(Duration.ofMillis(1));
        assertEquals(List.of("idle"), log);
    }

    @Test
    void aOneShotWatchIsOverWithItsTimeout() throws IOException {
        Watch event = test.loop
                .watch(test.pipe().source(), Interest.READ, noteReady())
                .idleTimeout(SECOND, noteIdle())
                .once();
        test.pass(SECOND);
        test.pass(SECOND);
        assertEquals(List.of("idle"), log);
        assertTrue(event.isClosed());
    }

    @Test
    void case22_aWatchMayBeClosedInTheCallbackOfItsTimeout() throws IOException {
        test.loop.watch(test.pipe().source(), Interest.READ, noteReady()).idleTimeout(SECOND, watch -> {
            log.add("idle");
            watch.close();
        });
        test.pass(SECOND);
        test.pass(SECOND);
        assertEquals(List.of("idle"), log);
        assertTrue(test.inside.timers().isEmpty());
    }
}
