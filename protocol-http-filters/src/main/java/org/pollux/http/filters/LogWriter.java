package org.pollux.http.filters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries on a thread of its own, many at a time. The thread sleeps while there are none. After the first entry
 * it waits for a moment for others. Adding an entry in that time wakes no thread. So adding usually costs an
 * uncontended lock and not a system call. The queue has a limit. If it is full, entries are dropped and counted, and
 * the log of the server says so.
 */
final class LogWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private static final int BOUND = 16 * 1024;
    private static final long MOMENT_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<LogEntry> queue = new ArrayBlockingQueue<>(BOUND);
    private final LongAdder dropped = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AccessLogSettings settings;
    private final LogFormat format;
    private final LogFile file;
    private final Thread thread;
    private volatile Optional<String> fault = Optional.empty();
    private long lost;

    private LogWriter(AccessLogSettings settings) throws IOException {
        this.settings = settings;
        this.format = new LogFormat(settings.extended(), ZoneId.systemDefault());
        this.file = new LogFile(settings.file(), settings.limit(), settings.keep());
        this.thread = Thread.ofPlatform().daemon().name("pollux-access-log").unstarted(this::run);
    }

    static LogWriter start(AccessLogSettings settings) throws IOException {
        LogWriter writer = new LogWriter(settings);
        writer.thread.start();
        return writer;
    }

    /** From any thread; never waits. */
    void add(LogEntry entry) {
        if (!queue.offer(entry)) {
            dropped.increment();
        }
    }

    // ---- on the thread

    private void run() {
        try (file) {
            while (closing.getCount() > 0 || !queue.isEmpty()) {
                write(next());
            }
        } catch (IOException e) {
            LOG.debug("The access log did not close well", e);
        } catch (InterruptedException e) {
            LOG.debug("The access log was interrupted, and what was not written is lost", e);
        }
    }

    private List<LogEntry> next() throws InterruptedException {
        List<LogEntry> entries = new ArrayList<>();
        entries.add(queue.take());
        boolean _ = closing.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        queue.drainTo(entries);
        return entries;
    }

    private void write(List<LogEntry> entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(128 * entries.size());
        for (LogEntry entry : entries) {
            if (!entry.equals(LogEntry.END)) {
                format.write(entry, lines);
            }
        }
        try {
            file.write(lines.toByteArray());
        } catch (IOException e) {
            dropped.add(entries.size());
            lost += entries.size();
            sayOnce(e);
            return;
        }
        try {
            file.rotateWhenFull();
            sayMended();
        } catch (IOException e) {
            sayOnce(e);
        }
        sayDropped();
    }

    private void sayOnce(IOException e) {
        if (fault.isEmpty()) {
            LOG.error("The access log {} cannot be written or renamed until this is corrected", settings.file(), e);
        }
        fault = Optional.of("the access log " + settings.file() + " cannot be written or renamed (" + e.getMessage()
                + "): lines lost since then: " + lost
                + ". Make room, or permit it; it is tried again for each request");
    }

    private void sayMended() {
        if (fault.isPresent()) {
            fault = Optional.empty();
            lost = 0;
            LOG.info("The access log {} is written again", settings.file());
        }
    }

    /** The reason why lines are lost at present. Safe for use from any thread. */
    Optional<String> fault() {
        return fault;
    }

    private void sayDropped() {
        if (queue.isEmpty()) {
            long count = dropped.sumThenReset();
            if (count > 0) {
                LOG.warn("{} lines of the access log {} were lost", count, settings.file());
            }
        }
    }

    /** Ends the thread when all earlier entries are written. */
    @Override
    public void close() {
        closing.countDown();
        boolean _ = queue.offer(LogEntry.END); // when it is full, nobody waits for an entry
        try {
            if (!thread.join(PATIENCE)) {
                LOG.warn("The access log {} takes too long to write, and its end is lost", settings.file());
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
