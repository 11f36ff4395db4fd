package org.pollux.servlet.sessions;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places of the classes in a value that cannot be stored: a list of the JDK may hold an object of a bundle. It follows
 * what serialization follows, so it does not see into objects that are not serializable, but counts them. Of a large value it
 * sees the beginning.
 */
final class Homes extends ObjectOutputStream {

    private final ClassHome home;
    private final Set<String> found = new HashSet<>();

    private Homes(ClassHome home, int limit) throws IOException {
        super(new Stored.Limited(OutputStream.nullOutputStream(), limit));
        this.home = home;
        enableReplaceObject(true);
    }

    /**
     * The places that were found; those that come before a fault of the value's own code, and before the limit.
     *
     * @param limit the most bytes to follow, because a value may refer to half of the heap
     */
    static Set<String> of(Object value, ClassHome home, int limit) {
        Set<String> found = new HashSet<>();
        found.add(home.of(value.getClass()));
        try (Homes homes = new Homes(home, limit)) {
            try {
                homes.writeObject(value);
            } finally {
                found.addAll(homes.found);
            }
        } catch (IOException | RuntimeException | StackOverflowError _) { // the rest of the value is not known
            return found;
        }
        return found;
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
        found.add(home.of(object.getClass()));
        return object instanceof Serializable ? object : null;
    }

    @Override
    protected void annotateClass(Class<?> type) {
        found.add(home.of(type));
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        for (Class<?> each : type.getInterfaces()) {
            found.add(home.of(each));
        }
    }
}
