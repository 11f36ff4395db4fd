package org.pollux.reactor.uring;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of a poller, by their descriptor's number, and those of them that the next turn looks at: they have changed, or
 * something to report.
 */
@SuppressWarnings("ReferenceEquality") // a registration is itself and no other
final class Registrations {

    private @Nullable UringRegistration[] registered = new UringRegistration[64];
    private UringRegistration[] attended = new UringRegistration[64];
    private int attending;

    /** The registration of a descriptor, which may be over. */
    @Nullable
    UringRegistration at(int descriptor) {
        return descriptor < registered.length ? registered[descriptor] : null;
    }

    void put(UringRegistration registration) {
        int descriptor = registration.descriptor;
        if (descriptor >= registered.length) {
            registered = Arrays.copyOf(registered, Math.max(descriptor + 1, 2 * registered.length));
        }
        registered[descriptor] = registration;
        attend(registration);
    }

    /** Removes an ended registration, unless another one already has its place. */
    void forget(UringRegistration registration) {
        if (registered[registration.descriptor] == registration) {
            registered[registration.descriptor] = null;
        }
    }

    /** Has the next turn look at a registration. */
    void attend(UringRegistration registration) {
        registration.changed = true;
        if (!registration.attended) {
            registration.attended = true;
            if (attending == attended.length) {
                attended = Arrays.copyOf(attended, 2 * attending);
            }
            attended[attending++] = registration;
        }
    }

    /**
     * Has those that are attended submit their wishes.
     *
     * @return whether one of them does not want to wait
     */
    boolean submit(Ring ring) throws IOException {
        boolean busy = false;
        for (int i = 0; i < attending; i++) {
            UringRegistration registration = attended[i];
            registration.changed = false;
            if (!registration.isOver()) {
                busy |= registration.submit(ring) || registration.changed;
            }
        }
        return busy;
    }

    /** Calls back for those that are attended, and keeps those that have changed or have something to report. */
    void report(Predicate<UringRegistration> hasReported) {
        int staying = 0;
        for (int i = 0; i < attending; i++) {
            UringRegistration registration = attended[i];
            registration.attended = hasReported.test(registration) || registration.changed;
            if (registration.attended) {
                attended[staying++] = registration;
            }
        }
        Arrays.fill(attended, staying, attending, null);
        attending = staying;
    }

    void removeAll() throws IOException {
        for (UringRegistration registration : registered) {
            if (registration != null) {
                registration.remove();
            }
        }
    }

    void forEach(Consumer<UringRegistration> action) {
        for (UringRegistration registration : registered) {
            if (registration != null) {
                action.accept(registration);
            }
        }
    }
}
