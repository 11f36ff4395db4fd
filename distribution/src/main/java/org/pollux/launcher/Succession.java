package org.pollux.launcher;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
                    state.leave();
                    lock.leave();
                }
                case "back" -> own();
                case "end" -> {
                    state.end(rest);
                    end.complete(null);
                }
                case "serves" -> {
                    own();
                    serving.complete("");
                }
                case "alone" ->
                    Thread.ofPlatform().daemon().name("pollux-alone").start(this::awaitAlone);
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

    private void awaitAlone() {
        try {
            lock.awaitAlone();
            state.alone();
            LOG.info("The process before has ended");
            home.emptyOtherCaches();
        } catch (StartException e) {
            LOG.warn("The cache of the process before is left: {}", e.getMessage());
        } catch (IOException e) {
            LOG.error("The lock of {} is not this process's: {}", home.root(), Home.reason(e));
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
