package org.pollux.launcher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at {@code deploy/} again and again. A bundle that takes long to start or stop holds this thread up, and that is told. */
final class DeployThread {

    private static final Logger LOG = LoggerFactory.getLogger(DeployThread.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final int REPORT_EVERY = 10;
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DeployFolder folder;
    private final Runnable report;
    private final Thread thread = new Thread(this::run, "pollux-deploy");
    private final CountDownLatch ended = new CountDownLatch(1);

    /** When the present look began; 0 between two. */
    private volatile long began;

    /**
     * @param report is called regularly, because files that are not in force cause no event
     */
    DeployThread(DeployFolder folder, Runnable report) {
        this.folder = folder;
        this.report = report;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From any thread. */
    List<String> problems() {
        long since = began;
        Duration taken = Duration.ofNanos(since == 0 ? 0 : System.nanoTime() - since);
        Stream<String> held = taken.compareTo(LONG) < 0
                ? Stream.empty()
                : Stream.of("deploy/ has not been looked at for " + taken.toSeconds()
                        + " s: a bundle of it takes that long to start or stop, and the log names it last");
        return Stream.concat(held, folder.problems().stream()).toList();
    }

    private void run() {
        try {
            for (int looks = 0; !ended.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS); looks++) {
                began = System.nanoTime();
                try {
                    folder.look();
                } catch (RuntimeException | LinkageError e) { // from the framework, which calls code of bundles
                    LOG.error("deploy/ could not be looked at", e);
                } finally {
                    began = 0;
                }
                if (looks % REPORT_EVERY == 0) {
                    report.run();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("looking at deploy/ was interrupted", e);
        }
    }

    /** Lets the present look end, if it does soon. */
    void end() throws InterruptedException {
        ended.countDown();
        if (thread.isAlive() && !thread.join(PATIENCE)) {
            thread.interrupt();
        }
    }
}
