package org.pollux.reactor.uring;

import java.io.IOException;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;

/** A source that is not a stream: the ring reports when it is ready, and its channel moves its bytes. */
final class PolledChannel extends UringRegistration {

    private final Readiness readiness;
    private Interest ready = Interest.NONE;

    PolledChannel(Equipment equipment, Source source, Interest interest) {
        super(equipment, source, interest);
        readiness = new Readiness(equipment.operations(), descriptor);
    }

    @Override
    boolean submit(Ring ring) throws IOException {
        ready = Interest.NONE;
        readiness.watch(interest(), ring);
        return false;
    }

    @Override
    void completed(long id, int result, int flags) {
        if (readiness.is(id)) {
            ready = readiness.completed(result);
        }
    }

    @Override
    Interest turned() {
        return ready;
    }

    @Override
    void forgetRing() {
        readiness.forget();
    }

    @Override
    void cancelAll() {
        readiness.cancel();
    }

    @Override
    protected void release() {
        cancelAll();
        equipment.registrations().forget(this);
    }
}
