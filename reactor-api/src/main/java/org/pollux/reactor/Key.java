package org.pollux.reactor;

/**
 * The key of a value that is kept with a {@link Connection} or a {@link Reactor}, with the type of the value.
 *
 * <pre>{@code
 * private static final Key<Session> SESSION = Key.named("session");
 * }</pre>
 *
 * <p>A key equals itself alone: two keys of one name are two keys, so only code that has the key reaches the value.
 * Keep it in a {@code static final} field of the class that uses it. From any thread.
 *
 * @param <T> the type of the value
 */
@SuppressWarnings("UnusedTypeParameter") // it is the type of the value
public final class Key<T> {

    private final String name;

    private Key(String name) {
        this.name = name;
    }

    /**
     * A new key.
     *
     * @param name for logs and debuggers; it need not be unique
     */
    public static <T> Key<T> named(String name) {
        return new Key<>(name);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
