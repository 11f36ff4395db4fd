package org.pollux.it.paxexam;

import java.lang.reflect.Constructor;

/** Outside: an instance of a test class that no constructor has seen. JUnit must hold one, but nothing of it is called. */
final class EmptyInstance {

    private EmptyInstance() {}

    static Object of(Class<?> type) {
        try {
            // This is how a deserialized object comes to be. By name, because javac's warning of sun.reflect cannot be
            // silenced.
            var factory = Class.forName("sun.reflect.ReflectionFactory");
            var constructor =
                    (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                            .invoke(
                                    factory.getMethod("getReflectionFactory").invoke(null),
                                    type,
                                    Object.class.getConstructor());
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no empty instance of " + type, e);
        }
    }
}
