package org.pollux.metrics.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;

/** When the server should get requests, and when it should not. */
final class ReadinessTest {

    private ServerStatus.State state = ServerStatus.State.RUNNING;
    private EndpointStatus.State endpoint = EndpointStatus.State.OPEN;

    private final Readiness readiness = new Readiness(proxy(Server.class, _ -> status()));

    private interface Values {
        Object of(String name);
    }

    private static <T> T proxy(Class<T> type, Values values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> values.of(method.getName())));
    }

    private ServerStatus status() {
        return proxy(ServerStatus.class, name -> name.equals("state") ? state : List.of(endpoint()));
    }

    private EndpointStatus endpoint() {
        return proxy(EndpointStatus.class, name -> switch (name) {
            case "state" -> endpoint;
            case "problem" -> Optional.of("the port is in use");
            default -> "tcp://127.0.0.1:8080";
        });
    }

    @Test
    void aServerThatRunsWithAllItsEndpointsIsReady() {
        assertEquals(List.of(), readiness.reasons());
        new HealthCommand(readiness).health();
    }

    @Test
    void itIsNotReadyWhileItStartsOrStops() {
        state = ServerStatus.State.STARTING;
        assertEquals(List.of("the server is starting"), readiness.reasons());
        state = ServerStatus.State.STOPPING;
        assertEquals(List.of("the server is stopping"), readiness.reasons());
    }

    @Test
    void itIsNotReadyWhileAnEndpointIsMissing() {
        endpoint = EndpointStatus.State.FAILED;
        assertEquals(List.of("tcp://127.0.0.1:8080 is not served: the port is in use"), readiness.reasons());
        assertEquals(
                "not ready: tcp://127.0.0.1:8080 is not served: the port is in use",
                assertThrows(IllegalStateException.class, new HealthCommand(readiness)::health)
                        .getMessage());
    }

    @Test
    void itIsNotReadyWhileABundleSaysSo() {
        readiness.bindReport(() -> List.of("the filter auth is missing"));
        assertEquals(List.of("the filter auth is missing"), readiness.reasons());
    }
}
