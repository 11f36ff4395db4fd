package org.pollux.servlet.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.pollux.http.ResponseStream;

/** The upgraded connections of a container. They do not end by themselves when their servlet does. From any thread. */
public final class Upgrades {

    private final Map<ResponseStream, Class<?>> handlers = new ConcurrentHashMap<>();

    void add(ResponseStream stream, Class<?> handler) {
        handlers.put(stream, handler);
    }

    void remove(ResponseStream stream) {
        handlers.remove(stream);
    }

    /** Ends those whose handlers have such a class. Their handlers are told a moment later. */
    public void end(Predicate<Class<?>> type) {
        handlers.forEach((stream, handler) -> {
            if (type.test(handler)) {
                stream.close();
            }
        });
    }
}
