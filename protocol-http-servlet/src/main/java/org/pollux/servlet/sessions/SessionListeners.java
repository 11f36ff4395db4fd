package org.pollux.servlet.sessions;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.EventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those that are told of sessions. A listener that throws is logged, and the next one is told. From any thread. */
public final class SessionListeners {

    private static final Logger LOG = LoggerFactory.getLogger(SessionListeners.class);

    private final List<EventListener> all = new CopyOnWriteArrayList<>();

    public void add(EventListener listener) {
        all.add(listener);
    }

    public void remove(EventListener listener) {
        all.remove(listener);
    }

    void created(HttpSession session) {
        tell(HttpSessionListener.class, one -> one.sessionCreated(new HttpSessionEvent(session)));
    }

    void destroyed(HttpSession session) {
        tell(HttpSessionListener.class, one -> one.sessionDestroyed(new HttpSessionEvent(session)));
    }

    void renamed(HttpSession session, String before) {
        tell(HttpSessionIdListener.class, one -> one.sessionIdChanged(new HttpSessionEvent(session), before));
    }

    void values(Consumer<HttpSessionAttributeListener> call) {
        tell(HttpSessionAttributeListener.class, call);
    }

    private <T> void tell(Class<T> type, Consumer<T> call) {
        for (EventListener listener : all) {
            if (type.isInstance(listener)) {
                try {
                    call.accept(type.cast(listener));
                } catch (RuntimeException e) {
                    LOG.error("A listener of sessions failed: {}", listener, e);
                }
            }
        }
    }
}
