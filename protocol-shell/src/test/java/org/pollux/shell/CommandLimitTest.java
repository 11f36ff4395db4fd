package org.pollux.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.Await;

final class CommandLimitTest {

    private static final Duration MOMENT = Duration.ofMillis(20);

    @Test
    void aCommandThatIgnoresItsInterruptionIsAbandoned() throws Exception {
        CompletableFuture<String> abandoned = new CompletableFuture<>();
        try (CommandLimit limit = new CommandLimit(MOMENT, MOMENT);
                CommandLimit.Running running = limit.begin("spin", abandoned::complete)) {
            assertEquals(
                    "'spin' has not ended after 0.02 s, which is commandTimeout of pollux.shell, and it did not heed its"
                            + " interruption",
                    awaitUninterrupted(abandoned));
            assertTrue(running.isLate());
        }
        assertFalse(Thread.interrupted(), "the interruption was the command's");
    }

    private static String awaitUninterrupted(CompletableFuture<String> text) {
        return text.orTimeout(40, TimeUnit.SECONDS).join();
    }

    @Test
    void aCommandThatHeedsItIsNotAbandoned() {
        CompletableFuture<String> abandoned = new CompletableFuture<>();
        try (CommandLimit limit = new CommandLimit(MOMENT, Duration.ofMinutes(5))) {
            try (CommandLimit.Running running = limit.begin("wait", abandoned::complete)) {
                Await.until("it is interrupted", () -> Thread.currentThread().isInterrupted());
                assertTrue(running.isLate());
            }
            assertFalse(Thread.interrupted(), "the interruption was the command's");
        }
        assertFalse(abandoned.isDone());
    }

    @Test
    void zeroIsNoLimit() {
        try (CommandLimit limit = new CommandLimit(Duration.ZERO, MOMENT);
                CommandLimit.Running running = limit.begin("wait", _ -> {})) {
            assertFalse(running.isLate());
        }
    }
}
