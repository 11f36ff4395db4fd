package org.pollux.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;

/** What Felix's health checks tell of the server. */
final class HealthChecksTest {

    private interface Values {
        Object of(String name);
    }

    private static <T> T proxy(Class<T> type, Values values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> values.of(method.getName())));
    }

    private static Server serverWith(Optional<String> heldUp) {
        LoopStatus loop = proxy(LoopStatus.class, name -> name.equals("name") ? "pollux-loop-0" : heldUp);
        ServerStatus status = proxy(ServerStatus.class, _ -> List.of(loop));
        return proxy(Server.class, _ -> status);
    }

    @Test
    void aServerThatIsReadyIsOkAndOneThatIsNotIsTemporarilyUnavailable() {
        assertTrue(new ReadyCheck(List::of).execute().isOk());
        Result result = new ReadyCheck(() -> List.of("the server is stopping")).execute();
        assertEquals(Result.Status.TEMPORARILY_UNAVAILABLE, result.getStatus());
        assertTrue(result.toString().contains("the server is stopping"), result::toString);
    }

    @Test
    void aLoopThatIsHeldUpIsAWarning() {
        assertTrue(new LoopsCheck(serverWith(Optional.empty())).execute().isOk());
        Result result = new LoopsCheck(serverWith(Optional.of("held up 12 s"))).execute();
        assertEquals(Result.Status.WARN, result.getStatus());
        assertTrue(result.toString().contains("held up 12 s"), result::toString);
    }
}
