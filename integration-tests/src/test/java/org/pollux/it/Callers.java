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
 * Clients of an echo server that must notice nothing: each keeps a connection of its own in use, and opens another one
 * for every second line. Whoever is refused, cut off or answered wrongly fails the test when it closes them.
 */
final class Callers implements AutoCloseable {

    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private volatile boolean done;

    Callers(int port, int count) {
        this.port = port;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(this::call));
        }
    }

    private void call() {
        try (var lasting = new Client(port)) {
            for (int i = 0; !done; i++) {
                assertEquals("lasting " + i, lasting.ask("lasting " + i));
                try (var fresh = new Client(port)) {
                    assertEquals("fresh " + i, fresh.ask("fresh " + i));
                }
                answers.incrementAndGet();
            }
        } catch (Throwable e) {
            fault.compareAndSet(null, e);
        }
    }

    /** Returns when each could have been answered some times from now on. */
    void goOn() throws InterruptedException {
        int before = answers.get();
        Pollux.await("answer for everyone", () -> {
            failIfOneNoticed();
            return answers.get() < before + 2 * threads.size() ? Optional.empty() : Optional.of(true);
        });
    }

    private void failIfOneNoticed() {
        if (fault.get() != null) {
            throw new AssertionError("a client noticed, after " + answers + " answers", fault.get());
        }
    }

    @Override
    public void close() {
        done = true;
        try {
            for (Thread thread : threads) {
                assertTrue(thread.join(Pollux.PATIENCE), "a client gets no answer");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        failIfOneNoticed();
    }
}
