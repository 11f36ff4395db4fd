package org.pollux.http.server.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the blocking calls of one bundle's handlers. Each call has a platform thread, and their number is limited. A further
 * call waits for a thread; it is refused when it waits too long or when too many wait.
 *
 * <p>The threads are platform threads because the system preempts one that spins. A virtual thread that spins keeps its
 * carrier, and there are as many carriers as cores: two such calls would stop file transfers and everything else that waits
 * for a carrier.
 *
 * <p>A bundle is identified by the class loader of its handler. From any thread.
 */
public final class BlockingCalls {

    static final int MOST = 256;
    static final Duration WAIT = Duration.ofSeconds(5);

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(BlockingCalls.class);
    private static final Map<ClassLoader, BlockingCalls> ALL = Collections.synchronizedMap(new WeakHashMap<>());
    private static final AtomicLong REFUSED = new AtomicLong();

    private static final Executor SAME_THREAD = Runnable::run;

    private static volatile int most = MOST;
    private static volatile Duration wait = WAIT;

    /** A requested call. */
    private static final class Call {

        private final Runnable action;
        private final Runnable refusal;

        Call(Runnable action, Runnable refusal) {
            this.action = action;
            this.refusal = refusal;
        }
    }

    private final String bundle;
    private final ThreadPoolExecutor threads;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Map<Thread, Long> running = new ConcurrentHashMap<>();
    private int calls;
    private boolean full;

    private BlockingCalls(String bundle) {
        this.bundle = bundle;
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEPT.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform()
                        .name("pollux-http-handler " + bundle)
                        .daemon(true)
                        .inheritInheritableThreadLocals(false)
                        .factory());
    }

    /** Changes the limits of all bundles. They apply to later calls. */
    public static void limit(int atATime, Duration forATurn) {
        most = atATime;
        wait = forATurn;
    }

    /** The calls of the bundle that contains the class of a handler. */
    static BlockingCalls of(Class<?> handler) {
        ClassLoader loader = handler.getClassLoader();
        return ALL.computeIfAbsent(
                loader == null ? ClassLoader.getSystemClassLoader() : loader, own -> new BlockingCalls(name(own)));
    }

    private static String name(ClassLoader loader) {
        try {
            return loader instanceof BundleReference bundle
                    ? bundle.getBundle().getSymbolicName()
                    : String.valueOf(loader.getName());
        } catch (LinkageError e) { // without OSGi
            return String.valueOf(loader.getName());
        }
    }

    /** The number of refused calls, over all bundles. */
    public static long refused() {
        return REFUSED.get();
    }

    /**
     * Runs a call, now or when a thread is free.
     *
     * @param refusal run instead, on any thread, when no thread is free in time
     */
    void run(Runnable action, Runnable refusal) {
        Call call = new Call(action, refusal);
        boolean begins;
        boolean waits;
        synchronized (this) {
            begins = calls < most;
            waits = !begins && waiting.size() < most;
            if (begins) {
                calls++;
                full = false;
            } else if (waits) {
                waiting.add(call);
            }
        }
        if (begins) {
            begin(call);
        } else if (waits) {
            CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, SAME_THREAD)
                    .execute(() -> giveUp(call));
        } else {
            refuse(call);
        }
    }

    private void begin(Call first) {
        try {
            threads.execute(() -> {
                running.put(Thread.currentThread(), System.nanoTime());
                try {
                    for (Call call = first; call != null; call = next()) {
                        running.replace(Thread.currentThread(), System.nanoTime());
                        call.action.run();
                    }
                } finally {
                    running.remove(Thread.currentThread());
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the system has no more threads
            LOG.error("No thread can be started for a handler of {}", bundle, e);
            synchronized (this) {
                calls--;
            }
            refuse(first);
        }
    }

    /** The next waiting call; null when no call waits, and the thread becomes free. */
    @SuppressWarnings("NullAway") // as a queue does
    private synchronized Call next() {
        Call next = waiting.poll();
        if (next == null) {
            calls--;
        }
        return next;
    }

    private void giveUp(Call call) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(call);
        }
        if (waited) {
            refuse(call);
        }
    }

    private void refuse(Call call) {
        REFUSED.incrementAndGet();
        boolean first;
        synchronized (this) {
            first = !full;
            full = true;
        }
        if (first) {
            LOG.warn(
                    "Blocking handlers of {} are busy: {} calls at a time (blockingCalls of pollux.http) and as many that"
                            + " wait. Others get 503. The oldest is in {}",
                    bundle,
                    most,
                    oldest());
        }
        call.refusal.run();
    }

    private String oldest() {
        return running.entrySet().stream()
                .min(Map.Entry.comparingByValue((a, b) -> Long.compare(a - b, 0)))
                .map(entry -> stack(entry.getKey()))
                .orElse("no thread");
    }

    private static String stack(Thread thread) {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = thread.getStackTrace();
        for (int i = 0; i < Math.min(12, frames.length); i++) {
            text.append("\n\tat ").append(frames[i]);
        }
        return text.toString();
    }

    /** One line for each bundle that uses all its calls. */
    public static List<String> faults() {
        List<BlockingCalls> all;
        synchronized (ALL) {
            all = new ArrayList<>(Set.copyOf(ALL.values()));
        }
        return all.stream()
                .filter(BlockingCalls::isFull)
                .map(calls -> "the blocking handlers of " + calls.bundle + " have " + most
                        + " calls under way, as many as blockingCalls of pollux.http allows; others wait, or get 503")
                .toList();
    }

    /** Whether no call runs. */
    synchronized boolean isIdle() {
        return calls == 0;
    }

    private synchronized boolean isFull() {
        return calls >= most;
    }
}
