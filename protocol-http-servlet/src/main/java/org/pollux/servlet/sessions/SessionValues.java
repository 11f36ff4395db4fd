package org.pollux.servlet.sessions;

import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves values of sessions out of the classes of a bundle that ends, and back into those of its next version. A value that is
 * not serializable is removed then, because it would keep the old bundle in memory, and its next version could not use it.
 */
final class SessionValues {

    private static final Logger LOG = LoggerFactory.getLogger(SessionValues.class);

    /** Bytes of a value that is too large to be stored, in which objects of a bundle are looked for. */
    private static final int FOLLOWED = 16 << 20;

    private final ClassHome home;
    private final int limit;

    SessionValues(ClassHome home, int limit) {
        this.home = home;
        this.limit = limit;
    }

    /** Values of that place become bytes. */
    void leave(Session session, String place) {
        session.values.forEach((name, value) -> {
            if (!isPlain(value)) {
                leave(session, name, value, place);
            }
        });
    }

    private void leave(Session session, String name, Object value, String place) {
        try {
            Optional<Stored> stored = stored(session, value);
            if (stored.isPresent() && stored.get().homes().contains(place)) {
                session.values.replace(name, value, stored.get()); // unless it was set again
            }
        } catch (IOException e) {
            if (Homes.of(value, home, FOLLOWED).contains(place)) {
                drop(session, name, value, e);
            }
        }
    }

    private static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Integer || value instanceof Long || value instanceof Boolean;
    }

    /** The value as bytes; empty when it is that already. */
    private Optional<Stored> stored(Session session, Object value) throws IOException {
        if (value instanceof Stored) {
            return Optional.empty();
        }
        if (value instanceof HttpSessionActivationListener listener) {
            try {
                listener.sessionWillPassivate(new HttpSessionEvent(session));
            } catch (RuntimeException e) {
                throw new IOException(e);
            }
        }
        return Optional.of(Stored.of(value, home, limit));
    }

    /** The value to write to a file. */
    Optional<Stored> toStore(Session session, String name, Object value) {
        try {
            return value instanceof Stored already ? Optional.of(already) : stored(session, value);
        } catch (IOException e) {
            drop(session, name, value, e);
            return Optional.empty();
        }
    }

    private static void drop(Session session, String name, Object value, IOException e) {
        session.values.remove(name, value);
        LOG.warn(
                "A session loses its value '{}' of {} because it cannot be stored: make it Serializable, and keep it small",
                name,
                value.getClass().getName(),
                e);
    }

    /** Null when its bundle is not there now. */
    @Nullable
    Object restored(Session session, String name, Stored stored) {
        Object value;
        try {
            value = stored.value(home);
        } catch (ClassNotFoundException e) {
            LOG.debug("The value '{}' of a session waits for its bundle", name, e);
            return null;
        } catch (IOException e) {
            session.values.remove(name, stored);
            LOG.warn("A session loses its value '{}' because its class cannot read it any more", name, e);
            return null;
        }
        if (!session.values.replace(name, stored, value)) { // another thread was faster
            return session.getAttribute(name);
        }
        if (value instanceof HttpSessionActivationListener listener) {
            listener.sessionDidActivate(new HttpSessionEvent(session));
        }
        return value;
    }
}
