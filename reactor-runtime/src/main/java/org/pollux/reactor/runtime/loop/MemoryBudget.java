package org.pollux.reactor.runtime.loop;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.MemoryStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that all connections of a server may take together: what waits to be sent, what was read and is not taken, what
 * handlers keep for them, and the connections themselves.
 *
 * <pre>
 *            used >= limit, or connections >= 3/4 of it
 *   ROOM ─────────────────────────────────────────────────▶ FULL      new connections wait in the backlog,
 *    ▲                                                        │       the slowest and largest are shed
 *    └── used <= 7/8 and connections <= 15/16 of their part ──┘
 * </pre>
 *
 * <p>Administration has its own {@link #reserve}: memory that others hold neither delays nor sheds its connections.
 *
 * <p>Between the limit and 5/4 of it only slow connections are shed; beyond that any, slowest first, and what other threads
 * write is refused. From any thread; each loop counts by itself, in its {@link LoopMemory}.
 *
 * <p>Limit, log and status are in one class because they read the same sums.
 */
public final class MemoryBudget {

    /** A burst is over when there was room for so long. */
    static final Duration QUIET = Duration.ofSeconds(5);

    /** The interval at which a lasting burst is reported. */
    private static final Duration REMIND = Duration.ofSeconds(30);

    private static final long LEAST_POOL = 128L * 1024 * 1024;
    private static final long LEAST_RESERVE = 1024 * 1024;
    private static final String OWNER = "org.pollux.reactor-runtime";
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBudget.class);

    private final List<LoopMemory> loops = new CopyOnWriteArrayList<>();
    private final AtomicLong most = new AtomicLong();
    private final AtomicLong slowReaders = new AtomicLong();
    private final AtomicLong senders = new AtomicLong();

    /** Chunks that a loop has no use for: direct memory is used again, because only a collection gives it back. */
    private final Queue<ByteBuffer> pool = new ConcurrentLinkedQueue<>();

    private final AtomicInteger pooled = new AtomicInteger();
    private final SendBuffer kernel;
    private final Use use;
    private volatile long limit;
    private volatile boolean full;
    private volatile boolean exhausted;
    private volatile long timesFull;
    private volatile Runnable onChange = () -> {};

    // under the lock
    private @Nullable Burst burst;

    /** {@link #timesFull} when the last burst was over. */
    private long timesTold;

    /** Some time in which there was no room, now and again, by the loops' clock. */
    private static final class Burst {
        private final long slowReadersBefore;
        private final long sendersBefore;
        private long lastFull;
        private long told;

        Burst(long slowReadersBefore, long sendersBefore, long now) {
            this.slowReadersBefore = slowReadersBefore;
            this.sendersBefore = sendersBefore;
            this.lastFull = now;
            this.told = now;
        }
    }

    /** The kind of connections that a budget covers, for the log and the status. */
    private enum Use {
        ALL("connections", "this server", "New ones wait, and the"),
        ADMINISTRATION("administration", "administration", "The");

        private final String name;
        private final String owner;
        private final String consequence;

        Use(String name, String owner, String consequence) {
            this.name = name;
            this.owner = owner;
            this.consequence = consequence;
        }
    }

    public MemoryBudget(long limit, SendBuffer kernel) {
        this(limit, kernel, Use.ALL);
    }

    private MemoryBudget(long limit, SendBuffer kernel, Use use) {
        this.limit = limit;
        this.kernel = kernel;
        this.use = use;
    }

    /** That of administration, beside one of so many bytes. */
    public static MemoryBudget reserve(long besides, SendBuffer kernel) {
        return new MemoryBudget(reserveOf(besides), kernel, Use.ADMINISTRATION);
    }

    /** The memory that administration may take beside a budget of so many bytes. */
    public static long reserveOf(long bytes) {
        return Math.max(LEAST_RESERVE, bytes / 8);
    }

    /** Whose connections they are, for people. */
    public String owner() {
        return use.owner;
    }

    /** The bytes that the kernel may hold for each connection. */
    public SendBuffer kernel() {
        return kernel;
    }

    /** Of a reactor without a server: everything is counted, and nothing limited. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE / 2, new SendBuffer(SendBuffer.SYSTEM));
    }

    public void limit(long bytes) {
        limit = bytes;
        boolean _ = look();
    }

    public long limit() {
        return limit;
    }

    /** Shedding continues down to this. */
    long resumeAt() {
        return limit - limit / 8;
    }

    long exhaustedAt() {
        return limit + limit / 4;
    }

    private long connectionsLimit() {
        return limit - limit / 4;
    }

    /** The memory that a loop may hold when all hold the same. */
    long partOf(LoopMemory one) {
        return limit / Math.max(1, loops.size());
    }

    /** Calls back whenever {@link #isFull} has changed, on the thread that changed it. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    public boolean isFull() {
        return full;
    }

    /** Whether the last reserve is used up: what can be refused is. */
    public boolean isExhausted() {
        return exhausted && used() >= exhaustedAt(); // it may have been given back since somebody looked
    }

    void join(LoopMemory loop) {
        loops.add(loop);
    }

    void leave(LoopMemory loop) {
        loops.remove(loop);
        boolean _ = look();
    }

    /** Bytes that are held now. */
    public long used() {
        long sum = 0;
        for (LoopMemory loop : loops) {
            sum += loop.used();
        }
        return sum;
    }

    private long connectionBytes() {
        long sum = 0;
        for (LoopMemory loop : loops) {
            sum += loop.connectionBytes();
        }
        return sum;
    }

    /** Looks at the sums; whether a connection must be shed. */
    boolean look() {
        long used = used();
        if (used > most.get()) {
            most.accumulateAndGet(used, Math::max);
        }
        exhausted = used >= exhaustedAt();
        if (full != isFull(used, full)) {
            change();
        }
        return full && used > resumeAt();
    }

    private boolean isFull(long used, boolean before) {
        long connections = connectionBytes();
        long connectionsLimit = connectionsLimit();
        return before
                ? used > resumeAt() || connections > connectionsLimit - connectionsLimit / 16
                : used >= limit || connections >= connectionsLimit;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void change() {
        synchronized (this) {
            boolean before = full;
            full = isFull(used(), before);
            if (full == before) {
                return;
            }
            if (full) {
                timesFull++;
                loops.forEach(LoopMemory::askToLook);
            }
        }
        onChange.run();
    }

    // ---- what is reported

    public void shed(boolean slowReader) {
        (slowReader ? slowReaders : senders).incrementAndGet();
    }

    /** Whether a loop must look again in a moment; logs a burst once, its end, and one that lasts. */
    synchronized boolean follows(long now) {
        if (burst == null && timesFull == timesTold) {
            return false;
        }
        if (burst == null) {
            burst = new Burst(slowReaders.get(), senders.get(), now);
            LOG.warn(
                    "The memory of {} is used up: {} (memory of pollux.runtime), {} of it for the {} that are open. {}"
                            + " slowest and largest of those that hold something are shed",
                    use.name,
                    Sizes.text(limit),
                    Sizes.text(connectionBytes()),
                    connectionBytes() / LoopMemory.CONNECTION,
                    use.consequence);
            return true;
        }
        Burst present = burst;
        if (full || timesFull != timesTold) {
            timesTold = timesFull;
            present.lastFull = now;
        }
        boolean over = now - present.lastFull >= QUIET.toNanos();
        if (over || now - present.told >= REMIND.toNanos()) {
            present.told = now;
            LOG.warn(
                    "Memory of {}: {} of {}, at most {}. {} slow readers and {} slow senders were shed since"
                            + " it was used up; {}",
                    use.name,
                    Sizes.text(used()),
                    Sizes.text(limit),
                    Sizes.text(most.get()),
                    slowReaders.get() - present.slowReadersBefore,
                    senders.get() - present.sendersBefore,
                    over ? "there is room again" : "it still is, now and again");
        }
        if (over) {
            burst = null;
        }
        return !over;
    }

    private record Now(long used, long most, long limit, boolean full, long slowReaders, long slowSenders)
            implements MemoryStatus {}

    public MemoryStatus status() {
        long used = used();
        return new Now(used, most.accumulateAndGet(used, Math::max), limit, full, slowReaders.get(), senders.get());
    }

    /** The limits that were met, in the order of the status. */
    public List<LimitStatus> limits() {
        boolean all = use == Use.ALL;
        String name = all ? "memory" : "memory of administration";
        return List.of(
                        new LimitStatus(name + (all ? " (new ones wait)" : ""), timesFull, OWNER),
                        new LimitStatus(name + " (slow readers shed)", slowReaders.get(), OWNER),
                        new LimitStatus(name + " (slow senders shed)", senders.get(), OWNER))
                .stream()
                .filter(met -> met.times() > 0)
                .toList();
    }

    /** Why new connections wait. */
    public String why() {
        return String.format(
                Locale.ROOT,
                "connections hold %s of %s of memory, %s of it for themselves: new ones wait until there is room; see"
                        + " memory of pollux.runtime, and -Xmx",
                Sizes.text(used()),
                Sizes.text(limit),
                Sizes.text(connectionBytes()));
    }

    // ---- chunks

    @Nullable
    public ByteBuffer takeChunk() {
        ByteBuffer chunk = pool.poll();
        if (chunk != null) {
            pooled.decrementAndGet();
        }
        return chunk;
    }

    void giveBack(ByteBuffer chunk) {
        if ((long) pooled.get() * Buffers.CHUNK < Math.max(LEAST_POOL, limit / 8)) {
            pooled.incrementAndGet();
            pool.offer(chunk);
        }
    }
}
