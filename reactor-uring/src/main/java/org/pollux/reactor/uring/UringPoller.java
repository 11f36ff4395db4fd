package org.pollux.reactor.uring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractPoller;
import org.pollux.reactor.spi.base.AbstractRegistration;

/**
 * A ring, entered once in a turn: registrations that have changed submit their wishes, the kernel takes them and waits, its
 * completions go to their registrations, and these report what is ready.
 */
final class UringPoller extends AbstractPoller {

    /** How long the poller waits for operations that it has cancelled, which complete at once. */
    private static final long MOMENT = 50_000_000;

    private final Arena arena;
    private final Kernel kernel;
    private final Equipment equipment;
    private final Registrations registrations;
    private final Operations operations;
    private final Predicate<UringRegistration> report = this::report;
    private Ring ring;

    /** The thread that has the ring; null before the first poll. */
    private @Nullable Thread owner;

    /** The ring failed in a turn, so that nobody knows what of the outbox was sent. */
    private boolean failed;

    @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the poller
    UringPoller(Function<Arena, Kernel> kernels) throws IOException {
        arena = Arena.ofShared();
        try {
            kernel = kernels.apply(arena);
            equipment = new Equipment(arena);
            registrations = equipment.registrations();
            operations = equipment.operations();
            ring = openRing();
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** Everything that may be refused is done here, because {@code open} may fail and a poll should not. */
    private Ring openRing() throws IOException {
        Ring fresh = new Ring(kernel, arena);
        try {
            equipment.buffers().registerWith(fresh);
            return fresh;
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    @Override
    protected AbstractRegistration register(Source source, Interest interest) {
        UringRegistration registration = source.isStream() && source.channel() instanceof SocketChannel
                ? new UringStream(equipment, source, interest)
                : new PolledChannel(equipment, source, interest);
        UringRegistration earlier = registrations.at(registration.descriptor);
        if (earlier != null) {
            if (!earlier.isOver()) {
                throw registeredAlready(registration.channel());
            }
            earlier.release(); // the registration of a channel that was closed too early
        }
        registrations.put(registration);
        return registration;
    }

    // ---- a turn

    @Override
    protected void await(long timeoutNanos) throws IOException {
        claimRing();
        failed = equipment.outbox().end() > 0;
        operations.nextTurn();
        long timeout = registrations.submit(ring) ? 0 : timeoutNanos;
        int ending = operations.submitCancelled(ring);
        ring.enter(Math.max(1, ending), timeout == 0 && ending > 0 ? MOMENT : timeout);
        complete();
        equipment.outbox().clear();
        failed = false;
        registrations.report(report);
    }

    /** A ring works for one thread, so another thread gets another ring. */
    private void claimRing() throws IOException {
        Thread me = Thread.currentThread();
        if (owner == me) {
            return;
        }
        if (owner != null) {
            Ring fresh = openRing();
            ring.close();
            ring = fresh;
            operations.forgetRing();
            registrations.forEach(registration -> {
                registration.forgetRing();
                registration.attend();
            });
        }
        owner = me;
        ring.enable();
    }

    private void complete() throws IOException {
        completeQueued();
        while (ring.holdsCompletions()) {
            ring.enter(0, 0);
            completeQueued();
        }
    }

    private void completeQueued() {
        int end = ring.endOfCompletions();
        int first = ring.firstCompletion();
        for (int i = first; i != end; i++) {
            long completion = ring.completion(i);
            completed(Memory.readLong(completion), Memory.readInt(completion + 8), Memory.readInt(completion + 12));
        }
        ring.takeCompletions(end);
        if (first != end) {
            worked();
        }
    }

    private void completed(long operation, int result, int flags) {
        UringRegistration registration = registrations.at(Operations.descriptor(operation));
        if (registration == null) {
            equipment.buffers().giveBack(flags);
        } else {
            registration.completed(operation, result, flags);
            registration.attend();
        }
    }

    /** Returns whether there is something to report. */
    private boolean report(UringRegistration registration) {
        if (registration.isOver()) {
            registration.changed = false;
            registration.release();
            return false;
        }
        Interest ready = registration.turned().and(registration.interest());
        found(registration, ready);
        return ready != Interest.NONE;
    }

    // ---- the end

    @Override
    protected void handOverStreams(Handover to) throws IOException {
        if (failed) {
            throw new IOException("the ring failed in the middle of a turn, and did not say what it has sent");
        }
        registrations.forEach(registration -> {
            if (!registration.isOver()) {
                registration.handOver(to);
            }
        });
        if (ring.receivesWhileItCloses() && owner == Thread.currentThread()) {
            registrations.forEach(UringRegistration::cancelAll);
            operations.submitCancelled(ring);
            ring.submit();
        }
    }

    @Override
    protected void release() throws IOException {
        registrations.removeAll();
        try {
            if (owner == Thread.currentThread()) {
                int ending = operations.submitCancelled(ring);
                ring.submit(); // before any operation completes, or the kernel would receive
                ring.enter(ending, MOMENT);
            }
        } finally {
            ring.close();
            arena.close();
        }
    }
}
