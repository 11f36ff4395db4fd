package org.pollux.reactor.server.loops;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether virtual threads get to run. Java does not take a carrier away from a virtual thread that spins, so as many
 * spinning threads as there are cores stop all others. Name look-ups, for example, run on virtual threads. The probe names
 * the spinning threads, from a dump of the JVM's threads. A dump may take long, so it is made on a separate thread, once
 * each time, and no other one is begun meanwhile.
 *
 * <p>{@link #look} is for the watch's thread, {@link #fault} for any.
 */
final class CarrierProbe {

    private static final long EVERY = Duration.ofSeconds(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(CarrierProbe.class);

    private static final String CONSEQUENCE = "Names of hosts are not looked up meanwhile";

    /** How many are named; there is one for each core. */
    private static final int NAMED = 8;

    /** Names the bundle whose code a stack is in. */
    private final Function<List<StackTraceElement>, Optional<String>> owners;

    private volatile boolean ran = true;
    private volatile boolean late;
    private volatile long asked;
    private volatile String culprits = "";

    /** Makes the dump. Of the watch's thread. */
    private @Nullable Thread dump;

    CarrierProbe(Function<List<StackTraceElement>, Optional<String>> owners) {
        this.owners = owners;
    }

    /** Looks once, and starts a thread once a second. */
    void look(long now, long limit) {
        if (ran) {
            if (late) {
                late = false;
                LOG.warn("Virtual threads run again, after {}", HeldUp.seconds(now - asked));
            }
            if (now - asked >= EVERY) {
                asked = now;
                ran = false;
                Thread.ofVirtual().name("pollux-probe").start(() -> ran = true);
            }
        } else if (!late && now - asked >= limit) {
            late = true;
            if (dump == null || !dump.isAlive()) {
                culprits = "by threads that are being looked for";
                dump = Thread.ofPlatform().daemon().name("pollux-carriers").start(() -> tell(now - asked));
            }
        }
    }

    /** The fault, if there is one. */
    Optional<String> fault(long now) {
        return late
                ? Optional.of("virtual threads have not run for " + HeldUp.seconds(now - asked)
                        + ": each carrier is occupied " + culprits + ". " + CONSEQUENCE)
                : Optional.empty();
    }

    private void tell(long lasted) {
        culprits = culprits();
        LOG.warn(
                "Virtual threads have not run for {}: each carrier is occupied {}. {}",
                HeldUp.seconds(lasted),
                culprits,
                CONSEQUENCE);
    }

    private String culprits() {
        try {
            List<MountedThread> mounted = MountedThread.all();
            String named = mounted.stream().limit(NAMED).map(this::culprit).collect(joining("; "));
            int others = mounted.size() - NAMED;
            return "by " + (named.isEmpty() ? "threads that have waited since" : named)
                    + (others > 0 ? "; and " + others + " more" : "");
        } catch (IOException | RuntimeException | LinkageError e) {
            return "by threads that cannot be named, because the JVM made no dump of them (" + e + "); 'jcmd "
                    + ProcessHandle.current().pid() + " Thread.dump_to_file -format=text FILE' may name them";
        }
    }

    private String culprit(MountedThread thread) {
        return owners.apply(thread.stack()).map(bundle -> bundle + ", ").orElse("") + thread.where();
    }
}
