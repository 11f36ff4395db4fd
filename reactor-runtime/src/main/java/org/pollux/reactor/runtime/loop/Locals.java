package org.pollux.reactor.runtime.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Key;
import org.pollux.reactor.Reactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values that protocols keep with a loop: made once, closed with the loop, the last made first. */
final class Locals {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Loop loop;
    private final SequencedMap<Key<?>, Object> values = new LinkedHashMap<>();

    Locals(Loop loop) {
        this.loop = loop;
    }

    @SuppressWarnings("unchecked") // a key has one type, and the map only what was put under that key
    <T> T get(Key<T> key, Function<? super Reactor, ? extends T> create) {
        Object present = values.get(key);
        if (present != null) {
            return (T) present;
        }
        T made = make(create);
        loop.requireNotLost();
        Object meanwhile = values.putIfAbsent(key, made);
        if (meanwhile != null) {
            throw new IllegalStateException("The value for the key " + key + " asks for itself while it is made");
        }
        return made;
    }

    /** Calls what makes it, and does nothing else: its name is known to {@code server.loops.Callbacks}. */
    private <T> T make(Function<? super Reactor, ? extends T> create) {
        return create.apply(loop.reactor());
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable T remove(Key<T> key) {
        return (T) values.remove(key);
    }

    /** The loop ends. A value that is closed may still ask for others. */
    void close() {
        for (Map.Entry<Key<?>, Object> last = values.pollLastEntry(); last != null; last = values.pollLastEntry()) {
            if (last.getValue() instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Throwable fault) {
                    LOG.error("The value under the key {} did not close well", last.getKey(), fault);
                }
            }
        }
    }
}
