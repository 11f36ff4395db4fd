package org.pollux.reactor.runtime.events;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The listeners of each signal of the process. A signal's handler is ours while there is a listener; the one before
 * comes back when the last listener leaves.
 *
 * <p>{@code sun.misc.Signal} is the only way that Java offers. It is reached by reflection because the compiler knows
 * no way to silence its warning, and a bundle would have to import its package.
 */
final class Signals {

    private static final Map<String, Subscription> SUBSCRIPTIONS = new HashMap<>();

    private Signals() {}

    /** A signal's listeners, and whom it belonged to before. */
    private record Subscription(Object previous, Set<Runnable> listeners) {}

    /**
     * Calls the listener on a thread of the JVM whenever the signal comes.
     *
     * @throws IllegalArgumentException when there is no such signal here, or the JVM keeps it
     */
    static void add(String name, Runnable listener) {
        synchronized (SUBSCRIPTIONS) {
            Subscription present = SUBSCRIPTIONS.get(name);
            if (present == null) {
                present = new Subscription(Jdk.handle(name, () -> deliver(name)), new LinkedHashSet<>());
                SUBSCRIPTIONS.put(name, present);
            }
            present.listeners().add(listener);
        }
    }

    static void remove(String name, Runnable listener) {
        synchronized (SUBSCRIPTIONS) {
            Subscription present = SUBSCRIPTIONS.get(name);
            if (present != null
                    && present.listeners().remove(listener)
                    && present.listeners().isEmpty()) {
                SUBSCRIPTIONS.remove(name);
                Jdk.restore(name, present.previous());
            }
        }
    }

    private static void deliver(String name) {
        List<Runnable> listeners;
        synchronized (SUBSCRIPTIONS) {
            Subscription present = SUBSCRIPTIONS.get(name);
            listeners = present == null ? List.of() : List.copyOf(present.listeners());
        }
        listeners.forEach(Runnable::run);
    }

    /** The three members of {@code sun.misc} that are used. */
    private static final class Jdk {

        private static final Class<?> HANDLER;
        private static final MethodHandle NEW_SIGNAL;
        private static final MethodHandle HANDLE;

        static {
            try {
                ClassLoader jdk = ClassLoader.getPlatformClassLoader();
                Class<?> signal = Class.forName("sun.misc.Signal", true, jdk);
                HANDLER = Class.forName("sun.misc.SignalHandler", true, jdk);
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                NEW_SIGNAL = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class))
                        .asType(MethodType.methodType(Object.class, String.class));
                HANDLE = lookup.findStatic(signal, "handle", MethodType.methodType(HANDLER, signal, HANDLER))
                        .asType(MethodType.methodType(Object.class, Object.class, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @SuppressWarnings("ReferenceEquality") // what equals of a proxy is
        static Object handle(String name, Runnable action) {
            Object handler = Proxy.newProxyInstance(
                    HANDLER.getClassLoader(),
                    new Class<?>[] {HANDLER},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "equals" -> args != null && proxy == args[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "toString" -> "Pollux's handler of SIG" + name;
                        default -> {
                            action.run();
                            yield null;
                        }
                    });
            return restore(name, handler);
        }

        static Object restore(String name, Object handler) {
            try {
                return HANDLE.invokeExact((Object) NEW_SIGNAL.invokeExact(name), handler);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The signal SIG" + name + " does not exist here, or the JVM keeps it for itself", e);
            } catch (Throwable e) {
                throw new IllegalStateException("sun.misc.Signal failed for SIG" + name, e);
            }
        }
    }
}
