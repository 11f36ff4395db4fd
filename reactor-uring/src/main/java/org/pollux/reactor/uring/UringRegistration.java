package org.pollux.reactor.uring;

import java.io.IOException;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractRegistration;
import org.pollux.reactor.spi.base.JdkChannels;

/** A source's place in the poller. Its wishes go to the kernel in the next poll. */
abstract class UringRegistration extends AbstractRegistration {

    final Equipment equipment;
    final int descriptor;

    /** Whether the poller looks at it in the next turn. */
    boolean attended;

    /** Whether it may have wishes that it has not submitted. */
    boolean changed;

    UringRegistration(Equipment equipment, Source source, Interest interest) {
        super(source, interest);
        this.equipment = equipment;
        this.descriptor = JdkChannels.descriptor(channel());
    }

    /**
     * Puts its wishes into the ring.
     *
     * @return whether the poller must not wait, because there is something to report
     */
    abstract boolean submit(Ring ring) throws IOException;

    /**
     * An operation has completed; perhaps it was cancelled, and another one is under way.
     *
     * @param id of the operation
     * @param result as of the system call, a negative errno when it has failed
     * @param flags of the completion
     */
    abstract void completed(long id, int result, int flags);

    /** The kernel has taken all entries, and its completions were told. Returns the readiness, also beyond the interest. */
    abstract Interest turned();

    /** Another ring follows, and the present one does nothing more. */
    abstract void forgetRing();

    /** Ends the operations under way. */
    abstract void cancelAll();

    void handOver(Handover to) {}

    @Override
    protected final void change(Interest wanted) {
        attend();
    }

    /** Has the next turn look at this. */
    final void attend() {
        equipment.registrations().attend(this);
    }

    @Override
    protected abstract void release();
}
