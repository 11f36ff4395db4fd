package org.pollux.reactor.server.loops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CallbacksTest {

    /** The names are texts, which a renaming does not follow. A loop would then never be taken from its thread. */
    @Test
    void everyCallerIsAMethodOfTheRuntime() throws ClassNotFoundException {
        for (String caller : Callbacks.CALLERS) {
            int dot = caller.lastIndexOf('.');
            Class<?> type = Class.forName(Callbacks.RUNTIME + caller.substring(0, dot));
            assertTrue(
                    Stream.of(type.getDeclaredMethods())
                            .anyMatch(method -> method.getName().equals(caller.substring(dot + 1))),
                    caller);
        }
    }
}
