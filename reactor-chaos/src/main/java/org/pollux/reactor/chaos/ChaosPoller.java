package org.pollux.reactor.chaos;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractPoller;
import org.pollux.reactor.spi.base.AbstractRegistration;

/**
 * Waits with the wrapped poller, which tells each registration of its readiness. When that has returned, the dice decide what
 * is told now, what is told later, what is invented, and in which order.
 *
 * <p>Time is counted in turns, one for each wait, so that the faults do not depend on a clock.
 */
final class ChaosPoller extends AbstractPoller {

    /** The longest delay of a poll, and the longest time until an early end of a wait. */
    private static final int LONGEST_DELAY = 500_000;

    /** How long a turn lasts at most while some readiness is kept back. */
    private static final long LATE_TURN = 100_000;

    private static final int MOST_LATE_TURNS = 3;
    private static final int MOST_LATE_TURNS_OF_LISTENERS = 10;

    /** How many sources may be told without being ready. */
    private static final int MOST_RECENT = 32;

    private final Poller wrapped;
    private final Dice dice;
    private final Set<AbstractRegistration> registered = new LinkedHashSet<>();

    /** The sources that are ready in this turn. */
    private final List<ChaosRegistration> ready = new ArrayList<>();

    /** The sources whose readiness is kept back. */
    private final List<ChaosRegistration> late = new ArrayList<>();

    /** The sources that were ready or added lately. */
    private final List<ChaosRegistration> recent = new ArrayList<>();

    /** The streams of which this poller has bytes, or a failure. */
    private final Set<ChaosStream> holding = new LinkedHashSet<>();

    private long turn = 1;

    ChaosPoller(Poller wrapped, Dice dice) {
        this.wrapped = wrapped;
        this.dice = dice;
    }

    @Override
    protected AbstractRegistration register(Source source, Interest interest) throws IOException {
        ChaosRegistration registration = source.isStream()
                ? new ChaosStream(this, source, interest, dice)
                : new ChaosRegistration(this, source, interest);
        registration.addTo(wrapped);
        registered.add(registration);
        if (source.isStream()) {
            remember(registration);
        }
        return registration;
    }

    // ---- for registrations

    long turn() {
        return turn;
    }

    void arrived(ChaosRegistration registration) {
        ready.add(registration);
    }

    void holds(ChaosStream stream) {
        holding.add(stream);
    }

    void forget(ChaosRegistration registration) {
        registered.remove(registration);
        ready.remove(registration);
        late.remove(registration);
        recent.remove(registration);
        holding.remove(registration);
    }

    // ---- a turn

    @Override
    protected void await(long timeoutNanos) throws IOException {
        turn++;
        if (dice.rolls(Fault.DELAY)) {
            LockSupport.parkNanos(dice.upTo(LONGEST_DELAY));
        }
        for (int i = late.size() - 1; i >= 0; i--) {
            if (late.get(i).isDue()) {
                late.remove(i);
            }
        }
        tellHeld();
        boolean wakesEarly = timeoutNanos != 0 && !recent.isEmpty() && dice.rolls(Fault.EARLY_WAKE);
        wrapped.poll(ready.isEmpty() ? shortened(timeoutNanos, wakesEarly) : 0);
        if (!recent.isEmpty() && ((wakesEarly && ready.isEmpty()) || dice.rolls(Fault.SPURIOUS))) {
            invent();
        }
        tell();
    }

    private void tellHeld() throws IOException {
        for (ChaosStream stream : List.copyOf(holding)) {
            if (!stream.isOver()) {
                stream.send();
            }
            if (stream.isHolding()) {
                stream.arrive(stream.held());
            } else {
                holding.remove(stream);
            }
        }
    }

    private long shortened(long timeoutNanos, boolean wakesEarly) {
        long most = wakesEarly ? dice.upTo(LONGEST_DELAY) : late.isEmpty() ? Long.MAX_VALUE : LATE_TURN;
        return timeoutNanos < 0 && most == Long.MAX_VALUE
                ? timeoutNanos
                : Math.min(timeoutNanos & Long.MAX_VALUE, most);
    }

    private void invent() {
        ChaosRegistration registration = recent.remove(dice.upTo(recent.size()) - 1);
        registration.arrive(registration.interest());
    }

    private void tell() throws IOException {
        List<ChaosRegistration> order = new ArrayList<>(ready);
        ready.clear();
        dice.shuffle(order);
        for (ChaosRegistration registration : order) {
            if (registration.isNew() && dice.rolls(Fault.LATE)) {
                registration.tellLate(turn + dice.upTo(mostLateTurns(registration)));
                late.add(registration);
            } else {
                found(registration, registration.takeReady());
                remember(registration);
            }
        }
    }

    private static int mostLateTurns(ChaosRegistration registration) {
        return registration.channel() instanceof ServerSocketChannel ? MOST_LATE_TURNS_OF_LISTENERS : MOST_LATE_TURNS;
    }

    private void remember(ChaosRegistration registration) {
        if (recent.size() < MOST_RECENT && !recent.contains(registration)) {
            recent.add(registration);
        }
    }

    // ---- the end

    @Override
    protected void handOverStreams(Handover to) throws IOException {
        ChaosHandover pieces = new ChaosHandover(to, dice);
        List<ChaosStream> streams = List.copyOf(holding);
        for (ChaosStream stream : streams) {
            if (!stream.isOver()) {
                stream.send();
                stream.handOverReceived(pieces);
            }
        }
        wrapped.handOver(pieces);
        for (ChaosStream stream : streams) {
            if (!stream.isOver()) {
                stream.handOverRest(pieces);
            }
        }
    }

    @Override
    protected void release() throws IOException {
        for (AbstractRegistration registration : List.copyOf(registered)) {
            registration.remove();
        }
        wrapped.close();
    }
}
