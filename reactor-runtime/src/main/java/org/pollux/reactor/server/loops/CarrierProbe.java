package org.pollux.reactor.server.loops;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether virtual threads get to run. Java does not take a carrier away from one that spins, so as many of these as there
 * are cores stop all others; names are looked up on virtual threads, for one.
 *
 * <p>{@link #look} is for the watch's thread, {@link #fault} for any.
 */
final class CarrierProbe {

    private static final long EVERY = Duration.ofSeconds(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(CarrierProbe.class);

    private volatile boolean ran = true;
    private volatile boolean late;
    private volatile long asked;

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
            LOG.warn(
                    "Virtual threads have not run for {}: {}",
                    HeldUp.seconds(now - asked),
                    "each carrier is occupied by one that does not wait. " + remedy());
        }
    }

    /** What is wrong, if it is. */
    Optional<String> fault(long now) {
        return late
                ? Optional.of("virtual threads have not run for " + HeldUp.seconds(now - asked)
                        + ": each carrier is occupied by one that does not wait. " + remedy())
                : Optional.empty();
    }

    private static String remedy() {
        return "'jcmd " + ProcessHandle.current().pid()
                + " Thread.dump_to_file -format=text FILE' names them; names of hosts" + " are not looked up meanwhile";
    }
}
