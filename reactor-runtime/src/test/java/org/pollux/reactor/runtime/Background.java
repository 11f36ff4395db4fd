package org.pollux.reactor.runtime;

import org.jspecify.annotations.Nullable;
import org.pollux.reactor.testkit.Await;

/** A thread beside the test's, whose failure fails the test. */
public final class Background {

    /** What a thread does. */
    public interface Work {
        void run() throws Exception;
    }

    private final Thread thread;
    private volatile @Nullable Throwable failure;

    public Background(Work work) {
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (Throwable fault) {
                failure = fault;
            }
        });
    }

    /** Waits for its end. */
    public void join() throws InterruptedException {
        Await.end(thread);
        if (failure != null) {
            throw new AssertionError("The thread beside the test failed", failure);
        }
    }
}
