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
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;

/** The timeout of a channel's event. */
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

    private EventHandler note(String name) {
        return event -> log.add(name + " " + event.ready());
    }

    @Test
    void case20_activityResetsTheTimeoutOfAnEvent() throws IOException {
        Pipe pipe = test.pipe();
        test.loop
                .watch(pipe.source(), Interest.READ, event -> {
                    log.add(event.ready().name());
                    if (event.ready().reads()) {
                        TestLoop.drain(event);
                    }
                })
                .timeout(SECOND);
        test.pass(Duration.ofMillis(900));
        TestLoop.fill(pipe);
        test.turn();
        test.pass(Duration.ofMillis(999));
        assertEquals(List.of("READ"), log);
        test.pass(Duration.ofMillis(1));
        assertEquals(List.of("READ", "NONE"), log);
        test.pass(SECOND);
        assertEquals(List.of("READ", "NONE", "NONE"), log, "again after the same time");
    }

    @Test
    void case20_takingTheTimeoutAwayKeepsTheInterest() throws IOException {
        Pipe pipe = test.pipe();
        Event event = test.loop.watch(pipe.source(), Interest.READ, note("")).timeout(SECOND);
        event.timeout(Duration.ZERO);
        test.pass(Duration.ofDays(1));
        assertEquals(List.of(), log);
        TestLoop.fill(pipe);
        test.turn();
        assertEquals(List.of(" READ"), log);
    }

    @Test
    void case17_settingTheTimeoutAgainReplacesIt() throws IOException {
        Event event =
                test.loop.watch(test.pipe().source(), Interest.READ, note("")).timeout(SECOND);
        test.pass(Duration.ofMillis(500));
        event.timeout(SECOND);
        test.pass(Duration.ofMillis(999));
        assertEquals(List.of(), log);
        test.pass(Duration.ofMillis(1));
        assertEquals(List.of(" NONE"), log);
    }

    @Test
    void aOneShotEventIsOverWithItsTimeout() throws IOException {
        Event event = test.loop
                .watch(test.pipe().source(), Interest.READ, note("once"))
                .timeout(SECOND)
                .once();
        test.pass(SECOND);
        test.pass(SECOND);
        assertEquals(List.of("once NONE"), log);
        assertTrue(event.isClosed());
    }

    @Test
    void case22_anEventMayBeClosedInTheCallbackOfItsTimeout() throws IOException {
        test.loop
                .watch(test.pipe().source(), Interest.READ, event -> {
                    log.add("timeout");
                    event.close();
                })
                .timeout(SECOND);
        test.pass(SECOND);
        test.pass(SECOND);
        assertEquals(List.of("timeout"), log);
        assertTrue(test.inside.timers().isEmpty());
    }
}
