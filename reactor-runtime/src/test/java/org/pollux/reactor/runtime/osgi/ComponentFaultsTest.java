package org.pollux.reactor.runtime.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ComponentFaultsTest {

    @Test
    void theReasonIsTheFirstCauseOfAStackTrace() {
        assertEquals("org.acme.Fault: no pump", ComponentFaults.reason("org.acme.Fault: no pump\n\tat org.acme.Main"));
        assertEquals("org.acme.Fault: no pump", ComponentFaults.reason("""
                java.lang.reflect.InvocationTargetException
                \tat org.acme.Main
                Caused by: java.lang.IllegalStateException: not started
                \tat org.acme.Main
                Caused by: org.acme.Fault: no pump
                \tat org.acme.Main
                """));
        assertEquals("the log says why", ComponentFaults.reason(null));
    }
}
