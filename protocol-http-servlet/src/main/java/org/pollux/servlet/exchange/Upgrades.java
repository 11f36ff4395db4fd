package org.pollux.servlet.exchange;

import jakarta.servlet.http.HttpUpgradeHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ResponseStream;

/**
 * The upgraded connections of a container. They do not end by themselves when their servlet does. One that is asked for, and has
 * not begun, is among them. From any thread.
 */
public final class Upgrades {

    /** From the servlet's call of {@code upgrade} to the end of the request. */
    static final class Upgrade {

        final HttpUpgradeHandler handler;
        private boolean isOver;
        private @Nullable ResponseStream stream;

        private Upgrade(HttpUpgradeHandler handler) {
            this.handler = handler;
        }

        /** The client has been told, so there is something to close. */
        synchronized void begun(ResponseStream of) {
            stream = of;
            if (isOver) {
                of.close();
            }
        }

        private synchronized void end() {
            isOver = true;
            if (stream != null) {
                stream.close();
            }
        }
    }

    private final Set<Upgrade> all = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    Upgrade add(HttpUpgradeHandler handler) {
        Upgrade added = new Upgrade(handler);
        all.add(added);
        if (isClosed) {
            added.end();
        }
        return added;
    }

    void remove(Upgrade upgrade) {
        all.remove(upgrade);
    }

    /** Ends those whose handlers have such a class. Their handlers are told a moment later. */
    public void end(Predicate<Class<?>> type) {
        all.stream().filter(upgrade -> type.test(upgrade.handler.getClass())).forEach(Upgrade::end);
    }

    /** Ends all of them, and each that is still added. */
    public void close() {
        isClosed = true;
        end(_ -> true);
    }
}
