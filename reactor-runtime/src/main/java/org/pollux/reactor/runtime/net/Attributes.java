package org.pollux.reactor.runtime.net;

import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Key;

/**
 * The values that are kept with a connection, as an immutable chain: short, and read from any thread without a lock.
 *
 * @param next the attribute that was set before; null behind the last
 */
@SuppressWarnings("ReferenceEquality") // a key is itself and no other
record Attributes(Key<?> key, Object value, @Nullable Attributes next) {

    /** The value of a key; null when it has none. */
    @SuppressWarnings("unchecked") // it was set under the key's own type
    static <T> @Nullable T get(@Nullable Attributes chain, Key<T> wanted) {
        for (Attributes one = chain; one != null; one = one.next) {
            if (one.key == wanted) {
                return (T) one.value;
            }
        }
        return null;
    }

    /** The chain with another value for a key; without the key when that is null. */
    static <T> @Nullable Attributes with(@Nullable Attributes chain, Key<T> key, @Nullable T value) {
        Attributes others = without(chain, key);
        return value == null ? others : new Attributes(key, value, others);
    }

    /** Those that the runtime itself has set, from no bundle's classes. */
    static @Nullable Attributes ofRuntime(@Nullable Attributes chain) {
        return with(with(null, Stages.PROXY, get(chain, Stages.PROXY)), Stages.TLS, get(chain, Stages.TLS));
    }

    private static @Nullable Attributes without(@Nullable Attributes chain, Key<?> key) {
        if (chain == null) {
            return null;
        }
        Attributes rest = without(chain.next, key);
        if (chain.key == key) {
            return rest;
        }
        return rest == chain.next ? chain : new Attributes(chain.key, chain.value, rest);
    }
}
