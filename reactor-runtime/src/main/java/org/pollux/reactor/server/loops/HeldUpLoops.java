package org.pollux.reactor.server.loops;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.runtime.loop.Activity;
import org.pollux.reactor.runtime.loop.Callee;
import org.pollux.reactor.runtime.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles loops whose callback does not return: reports them, interrupts them, and gives them to another thread. From
 * any thread.
 */
public final class HeldUpLoops {

    /** The time in which an interrupted thread must return from its callback. */
    private static final Duration INTERRUPTION = Duration.ofMillis(500);

    private static final Duration TAKE_OVER = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Logger LOG = LoggerFactory.getLogger(HeldUpLoops.class);

    private final LoopGroup loops;

    /** Those that lost their loop because they do not return from a callback. */
    private final List<LoopThread> former = new CopyOnWriteArrayList<>();

    HeldUpLoops(LoopGroup loops) {
        this.loops = loops;
    }

    /** A line for each loop that is held up. */
    public Stream<String> faults() {
        boolean only = loops.threads().size() == 2; // the other is for administration
        Stream<String> lost = former.stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + " was replaced and still runs: " + thread.innermost()
                        + ". It ends when that returns; only a restart of the server ends it before");
        Stream<String> heldUp = loops.threads().stream()
                .flatMap(thread -> thread.watch().heldUp().stream()
                        .map(held -> thread.getName() + " is " + held.since(System.nanoTime())
                                + (only
                                        ? ": it is the only loop, so nothing is served. Raise loops of pollux.runtime"
                                        : ": its connections wait, new ones go to other loops")
                                + "; 'pollux loops replace " + thread.number() + "' gives it another thread"));
        return Stream.concat(heldUp, lost);
    }

    /**
     * Gives a loop whose callback does not return to another thread. The present one is interrupted before, and may return
     * by that.
     *
     * @param number as in the thread's name
     * @throws IllegalArgumentException when there is no such loop
     * @throws IllegalStateException when it is not held up
     */
    public synchronized LoopReplacement replace(String number) {
        LoopThread stuck = loops.threads().stream()
                .filter(thread -> thread.number().equals(number))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The loop '" + number + "' is unknown. Known: "
                        + loops.threads().stream().map(LoopThread::number).collect(Collectors.joining(", "))));
        HeldUp held = stuck.watch()
                .heldUp()
                .orElseThrow(() ->
                        new IllegalStateException(stuck.getName() + " is not held up: there is nothing to replace"));
        String name = stuck.getName();
        stuck.interrupt();
        if (returns(stuck)) {
            LOG.warn("{} was interrupted and continues with its thread", name);
            return new LoopReplacement(name, 0, Optional.empty(), LoopReplacement.Outcome.RETURNED);
        }
        Optional<LoopThread> replaced = stuck.replace();
        if (replaced.isEmpty()) {
            throw new IllegalStateException(name + " is closed, or was replaced just now");
        }
        LoopThread fresh = replaced.get();
        former.removeIf(thread -> !thread.isAlive());
        former.add(stuck);
        loops.exchange(stuck, fresh);
        boolean goesOn = hasTakenOver(fresh);
        Optional<String> lost = stuck.givenUp().map(Callee::toString);
        LOG.warn(
                "{} has another thread, because it was {}. Given up: {}. {}",
                name,
                held.since(System.nanoTime()),
                lost.orElse("nothing"),
                goesOn ? "Everything else continues" : "It begins when the old thread has left the runtime's own code");
        return new LoopReplacement(
                name,
                fresh.loop.sources().size() - Loop.OWN_SOURCES,
                lost,
                goesOn ? LoopReplacement.Outcome.REPLACED : LoopReplacement.Outcome.PENDING);
    }

    private static boolean returns(LoopThread interrupted) {
        long deadline = System.nanoTime() + INTERRUPTION.toNanos();
        long before = interrupted.loop.activity().count();
        while (System.nanoTime() - deadline < 0) {
            Activity activity = interrupted.loop.activity();
            if (activity.count() != before || activity.current() == null) {
                return true;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return false;
    }

    private static boolean hasTakenOver(LoopThread fresh) {
        try {
            return fresh.awaitTakeOver(TAKE_OVER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts the loops that are held up in a class of a bundle. */
    public void interrupt(String bundle, Predicate<String> isIts) {
        for (LoopThread thread : loops.threads()) {
            boolean its = thread.watch().isHeldUp()
                    && Stream.of(thread.getStackTrace())
                            .map(StackTraceElement::getClassName)
                            .distinct()
                            .anyMatch(isIts);
            if (its) {
                String culprit =
                        thread.watch().heldUp().map(HeldUp::culprit).orElse("a callback that has just returned");
                LOG.warn("{} is held up and is interrupted, because of {}: {}", thread.getName(), bundle, culprit);
                thread.interrupt();
            }
        }
    }

    /** The server ends, and does not wait for those that were replaced. */
    void leaveFormer() {
        former.stream().filter(Thread::isAlive).forEach(thread -> {
            LOG.error("{} was replaced, has not returned since, and is left behind", thread.getName());
            thread.interrupt();
        });
    }
}
