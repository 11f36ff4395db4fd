package org.pollux.reactor.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ComponentFaultsTest {

    @Test
    void aFailedMethodIsTheFirstLine() {
        assertEquals(
                "java.io.IOException: no room",
                ComponentFaults.reason("java.io.IOException: no room\n\tat some.Where\nCaused by: more"));
    }

    /** Of a constructor's exception the trace begins with how it was called. */
    @Test
    void aFailedConstructorIsWhatItThrewAndNotTheCauseOfThat() {
        assertEquals("java.lang.UnsupportedOperationException: pass a flag", ComponentFaults.reason("""
                        java.lang.reflect.InvocationTargetException
                        \tat some.Where
                        Caused by: java.lang.UnsupportedOperationException: pass a flag
                        \t... 30 more
                        Caused by: java.lang.IllegalAccessException: deeper
                        """));
    }

    @Test
    void withoutATraceTheLogIsNamed() {
        assertEquals("the log says why", ComponentFaults.reason(null));
    }
}
