package org.pollux.reactor.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.pollux.reactor.spi.MissingBackend;

class UringServiceTest {

    private final List<Object> offered = new ArrayList<>();
    private int withdrawn;

    /** Of a framework that only registers. */
    private BundleContext context() {
        return proxy(BundleContext.class, arguments -> {
            offered.add(arguments[1]);
            return proxy(ServiceRegistration.class, _ -> withdrawn++);
        });
    }

    private interface Call {
        Object with(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, _, arguments) -> call.with(arguments)));
    }

    /** On every machine: one that refuses io_uring has the second part of this test. */
    @Test
    void offersTheBackendOrSaysWhatIsMissingAndWhatHelps() {
        var service = new UringService(context());
        assertEquals(1, offered.size());
        if (offered.getFirst() instanceof MissingBackend(String name, String reason)) {
            System.err.println("WARNING: io_uring is unavailable here: " + reason);
            assertEquals("uring", name);
            assertTrue(reason.contains("; "), reason);
        } else {
            var backend = (UringBackend) offered.getFirst();
            assertEquals("uring", backend.name());
            assertTrue(backend.description().startsWith("io_uring, Linux "), backend.description());
        }
        service.withdraw();
        assertEquals(1, withdrawn);
    }

    @Test
    void aSystemThatRefusesIsOfferedAsMissingWithTheRemedy() {
        var _ = new UringService(context(), () -> {
            throw new UringUnavailableException("io_uring_setup: Operation not permitted" + Refusal.remedy(1, "2"));
        });
        assertEquals(
                List.of(new MissingBackend(
                        "uring",
                        "io_uring_setup: Operation not permitted; kernel.io_uring_disabled is 2, nobody may use io_uring:"
                                + " sysctl kernel.io_uring_disabled=0 allows it")),
                offered);
    }
}
