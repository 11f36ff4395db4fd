package org.pollux.launcher;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The home and the supervisor when one process takes over from another. The runtime passes the sockets, and tells each step here.
 *
 * <pre>
 *   the process before                            the new process
 *                        "left PID"   ┐  at once  "serves"          pollux.pid and state are the new one's
 *                        "end PID"    │  later    "alone"           the old one drains and ends, the new one has the lock
 *                        "back"       ┘           (has died)        pollux.pid and state are the old one's again
 *                                                 "failed REASON"   it ends, and nothing has changed
 * </pre>
 *
 * <p>While both live, a stop means both. The new process, told to stop, waits for the end of the old one, which drains: only then
 * is the home free. A supervisor knows the old one and stops that. It passes the signal on, and waits for the end of the new one.
 *
 * <p>From any thread.
 */
final class Succession implements Consumer<String> {

    private static final String PROPERTY = "pollux.succession";
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final Home home;
    private final HomeLock lock;
    private final RunState state;
    private final CompletableFuture<String> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Void> alone = new CompletableFuture<>();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private volatile Optional<ProcessHandle> successor = Optional.empty();

    /** Whether the successor was told to stop, because the supervisor stops both. */
    private volatile boolean successorStops;

    Succession(Home home, HomeLock lock, RunState state) {
        this.home = home;
        this.lock = lock;
        this.state = state;
    }

    /**
     * Waits for news of the runtime.
     *
     * @param successor whether this process is to take over
     */
    void register(BundleContext context, boolean successor) {
        ServiceRegistration<?> registration = context.registerService(
                Consumer.class, this, FrameworkUtil.asDictionary(Map.of(PROPERTY, successor ? "successor" : "server")));
        var _ = serving.thenRun(
                () -> registration.setProperties(FrameworkUtil.asDictionary(Map.of(PROPERTY, "server"))));
    }

    @Override
    public void accept(String news) {
        int blank = news.indexOf(' ');
        String word = blank < 0 ? news : news.substring(0, blank);
        String rest = news.substring(blank + 1);
        try {
            switch (word) {
                case "left" -> {
                    successor = ProcessHandle.of(Long.parseLong(rest));
                    state.leave();
                    lock.leave();
                }
                case "back" -> {
                    successor = Optional.empty();
                    own();
                }
                case "end" -> {
                    state.end(rest);
                    end.complete(null);
                }
                case "serves" -> {
                    own();
                    serving.complete("");
                }
                case "alone" -> beginAlone();
                case "failed" -> serving.completeExceptionally(new StartException(rest));
                default -> LOG.warn("The runtime tells '{}' of a succession, which this launcher does not know", news);
            }
        } catch (IOException e) {
            LOG.error("The files in {} do not say which process is the server: {}", home.run(), Home.reason(e));
        }
    }

    private void own() throws IOException {
        lock.own();
        state.own();
    }

    private void beginAlone() {
        if (awaited.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("pollux-alone").start(this::awaitAlone);
        }
    }

    private void awaitAlone() {
        try {
            lock.awaitAlone();
            state.alone();
            LOG.info("The process before has ended");
            home.emptyOtherCaches();
        } catch (StartException e) {
            LOG.warn("The cache of the process before is left: {}", e.getMessage());
        } catch (AsynchronousCloseException e) {
            LOG.debug("This process ends before the one before it", e);
        } catch (IOException e) {
            LOG.error("The lock of {} is not this process's: {}", home.root(), Home.reason(e));
        } finally {
            alone.complete(null);
        }
    }

    /** This process has stopped. One that has taken over waits until the process before has drained, so that the home is free. */
    void awaitPredecessor(Duration patience) throws InterruptedException {
        if (!serving.isDone() || serving.isCompletedExceptionally()) {
            return; // it has not taken over, and the one before goes on
        }
        beginAlone();
        if (!isDone(alone, patience)) {
            LOG.warn("The process before still drains its connections, and uses {} until it ends", home.root());
        }
    }

    /**
     * This process was told to stop by a signal. If its supervisor did that, the process that has taken over is meant too, and is told.
     *
     * @param patience for both
     */
    void stopAsked(Duration patience) {
        if (state.isSupervised() && successor.isPresent()) {
            successorStops = true;
            state.stoppingBoth(patience);
            successor.ifPresent(ProcessHandle::destroy);
        }
    }

    /**
     * Waits for the end of a process that was told to stop by {@link #stopAsked}: the supervisor would kill it when this one ends. That
     * process waits for the lock.
     */
    void awaitSuccessor(Duration patience) throws InterruptedException {
        Optional<ProcessHandle> told = successorStops ? successor : Optional.empty();
        if (told.isPresent()) {
            lock.close();
            if (!isDone(told.get().onExit(), patience)) {
                LOG.warn("Process {} has not stopped in time", told.get().pid());
            }
        }
    }

    private static boolean isDone(Future<?> awaited, Duration patience) throws InterruptedException {
        try {
            awaited.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Completes when this process may end, because another has taken over and the connections here have ended. */
    CompletableFuture<Void> end() {
        return end;
    }

    /**
     * Waits until this process has taken over.
     *
     * @param stop completes when it is told to stop, which also ends the wait
     * @throws StartException when it cannot; the server before goes on, unless it has died
     */
    void awaitServing(CompletableFuture<Void> stop) throws StartException, InterruptedException {
        try {
            CompletableFuture.anyOf(serving, stop).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException failed) {
                throw new StartException("this process cannot take over: " + failed.getMessage());
            }
            throw new AssertionError(e);
        }
    }
}
