package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Clients that must notice nothing: they go on asking a server, each on a thread of its own. Whoever is refused, cut off
 * or gets a wrong response fails the test at the next {@link #goOn} or when it closes them.
 */
final class Callers implements AutoCloseable {

    /** What one of them does: asks as long as another round is wanted, and throws what it notices. */
    interface Caller {
        void call(Callers callers) throws Exception;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private volatile boolean done;

    Callers(int count, Caller caller) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    caller.call(this);
                } catch (Throwable e) {
                    fault.compareAndSet(null, e);
                }
            }));
        }
    }

    /** Each keeps a connection to an echo server in use, and opens another one for every second line. */
    static Callers ofEcho(int port, int count) {
        return new Callers(count, callers -> {
            try (var lasting = new Client(port)) {
                for (int i = 0; callers.another(); i++) {
                    assertEquals("lasting " + i, lasting.ask("lasting " + i));
                    try (var fresh = new Client(port)) {
                        assertEquals("fresh " + i, fresh.ask("fresh " + i));
                    }
                }
            }
        });
    }

    /** Asked before each round of a caller; counts it. */
    boolean another() {
        rounds.incrementAndGet();
        return !done;
    }

    /** Returns when each could have had several responses from now on. */
    void goOn() throws InterruptedException {
        int before = rounds.get();
        Pollux.await("a response for everyone", () -> {
            failIfOneNoticed();
            return rounds.get() < before + 3 * threads.size() ? Optional.empty() : Optional.of(true);
        });
    }

    private void failIfOneNoticed() {
        if (fault.get() != null) {
            throw new AssertionError("a client noticed, after " + rounds + " rounds", fault.get());
        }
    }

    @Override
    public void close() {
        done = true;
        try {
            for (Thread thread : threads) {
                assertTrue(thread.join(Pollux.PATIENCE), "a client gets no response");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        failIfOneNoticed();
    }
}
