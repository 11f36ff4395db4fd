package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;

/** Case 48: timers and tasks, which belong to the loop and not to the backend. */
interface SwapTimerRules extends SwapRules {

    Duration SECOND = Duration.ofSeconds(1);

    @Test
    default void case48_timersKeepTheirDeadlines() throws IOException {
        List<String> log = new ArrayList<>();
        bench().reactor().after(SECOND, event -> log.add("after"));
        bench().reactor().every(SECOND, event -> log.add("every"));
        bench().reactor()
                .watch(bench().pipe().source(), Interest.READ, (_, _) -> log.add("ready"))
                .idleTimeout(SECOND, _ -> log.add("timeout"));
        bench().pass(Duration.ofMillis(300));
        bench().swap();
        bench().pass(Duration.ofMillis(700).minusNanos(1));
        assertEquals(List.of(), log);
        bench().swap();
        bench().pass(Duration.ofNanos(1));
        assertEquals(List.of("after", "every", "timeout"), log);
        bench().swap();
        bench().pass(SECOND);
        assertEquals(List.of("after", "every", "timeout", "every", "timeout"), log);
    }

    @Test
    default void case48_aCancelledTimerStaysCancelled() {
        List<String> log = new ArrayList<>();
        Handle before = bench().reactor().after(SECOND, event -> log.add("before"));
        Handle after = bench().reactor().every(SECOND, event -> log.add("after"));
        before.close();
        bench().swap();
        after.close();
        bench().pass(SECOND.multipliedBy(3));
        assertEquals(List.of(), log);
    }

    @Test
    default void case48_tasksKeepTheirOrder() {
        List<String> log = new ArrayList<>();
        bench().reactor().execute(() -> log.add("one"));
        bench().reactor().execute(() -> {
            bench().reactor().execute(() -> log.add("three"));
            bench().swap();
        });
        bench().reactor().execute(() -> log.add("two"));
        bench().settle();
        assertEquals(List.of("one", "two", "three"), log);
    }
}
