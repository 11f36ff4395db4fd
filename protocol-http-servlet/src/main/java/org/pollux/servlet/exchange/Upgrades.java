package org.pollux.servlet.exchange;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The upgraded connections of a container. They do not end by themselves when their servlet does. From any thread. */
public final class Upgrades {

    private final Set<Upgraded> all = ConcurrentHashMap.newKeySet();

    void add(Upgraded one) {
        all.add(one);
    }

    void remove(Upgraded one) {
        all.remove(one);
    }

    /** Ends those whose handlers have such a class. Their handlers are told a moment later. */
    public void end(Predicate<Class<?>> type) {
        all.stream().filter(one -> one.isOf(type)).forEach(Upgraded::close);
    }
}
