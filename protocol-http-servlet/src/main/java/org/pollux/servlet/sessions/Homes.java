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
 * what serialization follows, so it does not see into objects that are not serializable, but counts them.
 */
final class Homes extends ObjectOutputStream {

    private final ClassHome home;
    private final Set<String> found = new HashSet<>();

    private Homes(ClassHome home) throws IOException {
        super(OutputStream.nullOutputStream());
        this.home = home;
        enableReplaceObject(true);
    }

    /** The places that were found; all that come before a fault of the value's own code. */
    static Set<String> of(Object value, ClassHome home) {
        Set<String> found = new HashSet<>();
        found.add(home.of(value.getClass()));
        try (Homes homes = new Homes(home)) {
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
