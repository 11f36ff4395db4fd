package org.pollux.servlet.sessions;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All sessions. There are at most as many as the settings say. When there is no room, the oldest session to which no client
 * has returned makes room, because most of those belong to programs that keep no cookies. From any thread.
 */
public final class Sessions {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long BETWEEN_SEARCHES = 1_000; // milliseconds

    private final SessionSettings settings;
    private final InstantSource clock;
    private final SessionListeners listeners = new SessionListeners();
    private final SessionValues values;
    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final AtomicLong searched; // when expired sessions were looked for because there was no room
    private final SequencedSet<Session> strangers = new LinkedHashSet<>(); // have no second request; also guards ids
    private volatile @Nullable ServletContext context;

    public Sessions(SessionSettings settings, InstantSource clock, ClassHome home) {
        this.settings = settings;
        this.clock = clock;
        values = new SessionValues(home, settings.bytes());
        searched = new AtomicLong(clock.millis() - BETWEEN_SEARCHES);
    }

    public SessionSettings settings() {
        return settings;
    }

    public SessionListeners listeners() {
        return listeners;
    }

    SessionValues values() {
        return values;
    }

    /** The context in which sessions are until a wrapper shows another. */
    public void context(ServletContext of) {
        context = of;
    }

    ServletContext context() {
        ServletContext now = context;
        if (now == null) {
            throw new IllegalStateException("The servlet container has not begun");
        }
        return now;
    }

    public int size() {
        return byId.size();
    }

    /** The session of a client that has come back. Ids that were not made here find none. */
    public Optional<Session> find(String id) {
        Session found = byId.get(id);
        long now = clock.millis();
        if (found == null) {
            return Optional.empty();
        }
        if (found.isExpired(now)) {
            end(found);
            return Optional.empty();
        }
        if (!found.isJoined()) {
            synchronized (strangers) {
                strangers.remove(found);
            }
        }
        found.join(now);
        return Optional.of(found);
    }

    /**
     * A session is used outside of a request.
     *
     * @throws IllegalStateException when it has ended
     */
    void touch(Session session) {
        long now = clock.millis();
        if (session.isExpired(now)) {
            end(session);
        }
        session.touch(now);
    }

    /**
     * Makes a session.
     *
     * @throws TooManySessions when there is no room
     */
    public Session create() {
        long now = clock.millis();
        if (byId.size() >= settings.sessions()) {
            makeRoom();
        }
        int timeout = (int) settings.timeout().toSeconds();
        Session made = new Session(this, freshId(), now, now, timeout, false);
        synchronized (strangers) {
            strangers.add(made);
            byId.put(made.getId(), made);
        }
        listeners.created(made);
        return made;
    }

    /** Looks at all sessions once a second at most: a client that asks for sessions must not cost more the more there are. */
    private void makeRoom() {
        long now = clock.millis();
        long last = searched.get();
        if (now - last >= BETWEEN_SEARCHES && searched.compareAndSet(last, now)) {
            expire();
        }
        while (byId.size() >= settings.sessions()) {
            end(oldestStranger());
        }
    }

    /** Each one once, so that requests at the same time do not all make room by the same session. */
    private Session oldestStranger() {
        synchronized (strangers) {
            if (strangers.isEmpty()) {
                throw new TooManySessions(settings.sessions());
            }
            return strangers.removeFirst();
        }
    }

    /**
     * Gives a session another id, as after a login, so that an id that somebody knew before is worth nothing.
     *
     * @throws IllegalStateException when the session has ended
     */
    public void rename(Session session) {
        String next = freshId();
        String before;
        synchronized (strangers) {
            before = session.getId();
            if (byId.remove(before) == null) {
                throw new IllegalStateException("The session has ended");
            }
            session.rename(next);
            byId.put(next, session);
        }
        listeners.renamed(session, before);
    }

    /** Ends the expired sessions. The container calls it once a minute. */
    public void expire() {
        long now = clock.millis();
        all().stream().filter(session -> session.isExpired(now)).forEach(this::end);
    }

    void end(Session session) {
        boolean isFirst;
        synchronized (strangers) {
            isFirst = byId.remove(session.getId()) != null;
            strangers.remove(session);
        }
        if (isFirst) {
            listeners.destroyed(session);
            session.finish();
        }
    }

    /** A bundle ends: values of its classes become bytes until they are asked for. */
    public void leave(String home) {
        all().forEach(session -> values.leave(session, home));
    }

    /** Writes all sessions to a file, and forgets them. */
    public void save(Path file) throws IOException {
        SessionFile.write(file, all(), values);
        byId.clear();
    }

    /** Reads the sessions of a file, and deletes it. Does nothing without one. */
    public void load(Path file) throws IOException {
        SessionFile.read(file, this);
    }

    void add(Session session) {
        byId.put(session.getId(), session);
        if (!session.isJoined()) {
            synchronized (strangers) {
                strangers.add(session);
            }
        }
    }

    private Collection<Session> all() {
        return byId.values();
    }

    private static String freshId() {
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }
}
