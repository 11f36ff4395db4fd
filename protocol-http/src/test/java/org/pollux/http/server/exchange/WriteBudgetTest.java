package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.Await;

/** What a writer on another thread is told, at the moment when the loop looks. */
class WriteBudgetTest {

    private static final int LIMIT = 64 * 1024;
    private static final int ROUNDS = 100;

    /** A connection that always has room. */
    private static final Carrier ROOMY = (Carrier) Proxy.newProxyInstance(
            Carrier.class.getClassLoader(),
            new Class<?>[] {Carrier.class},
            (_, method, _) -> switch (method.getName()) {
                case "charge" -> true;
                case "pending" -> 0L;
                default -> throw new AssertionError(method);
            });

    private final WriteBudget budget = new WriteBudget(ROOMY, LIMIT);

    @Test
    void aWriterThatIsToldToStopWhileTheLoopWritesIsToldToGoOn() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger told = new AtomicInteger();
        Thread loop = Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                for (int i = 0; i < 1_000; i++) { // most of its time is between the read and the write of a flag
                    budget.wrote(true);
                }
                if (budget.takeDrained()) {
                    told.incrementAndGet();
                }
            }
        });
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                int expected = round;
                assertFalse(budget.post(LIMIT + 1));
                budget.arrived(LIMIT + 1);
                Await.until("the writer is told in round " + round, () -> told.get() == expected);
            }
        } finally {
            over.set(true);
            Await.end(loop);
        }
    }
}
