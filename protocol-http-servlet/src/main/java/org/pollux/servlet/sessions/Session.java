package org.pollux.servlet.sessions;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One client's values. From any thread; requests of one client may run at the same time. */
public final class Session implements HttpSession {

    private final Sessions sessions;
    final long created;
    final Map<String, Object> values = new ConcurrentHashMap<>();
    private volatile String id;
    private volatile long accessed;
    private volatile long accessedBefore;
    private volatile int timeout;
    private volatile boolean joined;
    private volatile boolean over;

    Session(Sessions sessions, String id, long created, long accessed, int timeout, boolean joined) {
        this.sessions = sessions;
        this.id = id;
        this.created = created;
        this.accessed = accessed;
        accessedBefore = accessed;
        this.timeout = timeout;
        this.joined = joined;
    }

    /** A request of its client has come. */
    void join(long now) {
        joined = true;
        accessedBefore = accessed;
        accessed = now;
    }

    /** Its application uses it outside of a request. */
    void touch(long now) {
        check();
        accessedBefore = accessed;
        accessed = now;
    }

    boolean isExpired(long now) {
        return timeout > 0 && now - accessed >= timeout * 1000L;
    }

    boolean isJoined() {
        return joined;
    }

    long accessed() {
        return accessed;
    }

    void rename(String next) {
        id = next;
    }

    public boolean isOver() {
        return over;
    }

    private void check() {
        if (over) {
            throw new IllegalStateException("The session has ended");
        }
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public long getCreationTime() {
        check();
        return created;
    }

    @Override
    public long getLastAccessedTime() {
        check();
        return accessedBefore;
    }

    @Override
    public Accessor getAccessor() {
        check();
        return use -> {
            sessions.touch(this);
            use.accept(this);
        };
    }

    @Override
    public ServletContext getServletContext() {
        return sessions.context();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        timeout = seconds;
    }

    @Override
    public int getMaxInactiveInterval() {
        return timeout;
    }

    @Override
    public boolean isNew() {
        check();
        return !joined;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        check();
        Object value = values.get(name);
        return value instanceof Stored stored ? sessions.values().restored(this, name, stored) : value;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        check();
        return Collections.enumeration(values.keySet().stream().toList());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an object that is set again stays bound; an equal one is another
    public void setAttribute(String name, @Nullable Object value) {
        check();
        Objects.requireNonNull(name, "The name of a session's value");
        if (value == null) {
            removeAttribute(name);
            return;
        }
        if (values.size() >= sessions.settings().values() && !values.containsKey(name)) {
            throw new IllegalStateException("The session has " + values.size()
                    + " values already: raise sessionValues of pollux.http.servlet, or keep one object with all");
        }
        if (values.get(name) != value && value instanceof HttpSessionBindingListener listener) {
            listener.valueBound(event(name, value)); // before requests see it (section 7.4)
        }
        Object before = values.put(name, value);
        if (before != value) {
            unbound(name, before);
        }
        HttpSessionBindingEvent event = event(name, before == null ? value : before);
        sessions.listeners().values(one -> {
            if (before == null) {
                one.attributeAdded(event);
            } else {
                one.attributeReplaced(event);
            }
        });
    }

    @Override
    public void removeAttribute(String name) {
        check();
        remove(name);
    }

    private void remove(String name) {
        Optional.ofNullable(values.remove(name)).ifPresent(before -> {
            unbound(name, before);
            HttpSessionBindingEvent event = event(name, before);
            sessions.listeners().values(one -> one.attributeRemoved(event));
        });
    }

    private HttpSessionBindingEvent event(String name, Object value) {
        return value instanceof Stored // of a bundle that has ended: there is nothing to show
                ? new HttpSessionBindingEvent(this, name)
                : new HttpSessionBindingEvent(this, name, value);
    }

    private void unbound(String name, @Nullable Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            listener.valueUnbound(event(name, value));
        }
    }

    @Override
    public void invalidate() {
        check();
        sessions.end(this);
    }

    /** Listeners were told, and still saw its values. */
    void finish() {
        values.keySet().forEach(this::remove);
        over = true;
    }
}
