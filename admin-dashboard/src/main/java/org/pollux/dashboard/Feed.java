package org.pollux.dashboard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pollux.http.EventStream;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ServerSentEvent;
import org.pollux.reactor.admin.StatusDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the status to every page, once a second. One thread reads it for all pages, and only while there is one. A page that does not
 * keep up misses a second, and no memory is kept for it. From any thread.
 */
final class Feed implements HttpHandler, AutoCloseable {

    /** Pages at the same time. */
    static final int MOST = 32;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final StatusDocument status;
    private final long intervalMillis;

    /** The pages, and whether each can take an event now. */
    private final Map<EventStream, AtomicBoolean> pages = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Feed::thread);

    /** Guarded by this. */
    private boolean ticking;

    Feed(StatusDocument status, Duration interval) {
        this.status = status;
        this.intervalMillis = interval.toMillis();
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        return Thread.ofPlatform()
                .name("pollux-dashboard")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
    }

    @Override
    public void handle(Request request, Response response) {
        Guard.admit(request);
        if (pages.size() >= MOST) {
            Guard.protect(response).sendError(503);
            return;
        }
        EventStream page = Guard.protect(response).events();
        AtomicBoolean room = new AtomicBoolean(true);
        pages.put(page, room);
        page.onDrained(() -> room.set(true)).onClosed(() -> pages.remove(page));
        page.send(ServerSentEvent.comment("the status follows each second").retry(RETRY));
        tickLater(0);
    }

    private synchronized void tickLater(long millis) {
        if (!ticking && !timer.isShutdown()) {
            ticking = true;
            ScheduledFuture<?> _ = timer.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        try {
            if (!pages.isEmpty()) {
                ServerSentEvent event = ServerSentEvent.of(status.json());
                pages.forEach((page, room) -> send(page, room, event));
            }
        } catch (RuntimeException e) { // the server is about to be replaced
            LOG.debug("The status cannot be read now", e);
        }
        synchronized (this) {
            ticking = false;
        }
        if (!pages.isEmpty()) {
            tickLater(intervalMillis);
        }
    }

    private static void send(EventStream page, AtomicBoolean room, ServerSentEvent event) {
        if (room.getAndSet(false) && page.send(event)) { // set before, because onDrained may come at once
            room.set(true);
        }
    }

    /** How many pages listen. */
    int pages() {
        return pages.size();
    }

    /** Ends all streams; the pages connect again, and reach the next version. */
    @Override
    public void close() {
        timer.shutdownNow();
        pages.keySet().forEach(EventStream::close);
    }
}
