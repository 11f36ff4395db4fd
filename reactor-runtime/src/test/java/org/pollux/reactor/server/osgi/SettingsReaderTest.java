package org.pollux.reactor.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.server.ServerSettings;

final class SettingsReaderTest {

    private static final ServerSettings BEFORE = new ServerSettings("one", 3, Duration.ofSeconds(4), 5);

    /** Converts as the container does: when a value is asked for. */
    private static ServerSettings read(Map<String, Object> raw) {
        RuntimeConfiguration configuration = (RuntimeConfiguration) Proxy.newProxyInstance(
                SettingsReaderTest.class.getClassLoader(),
                new Class<?>[] {RuntimeConfiguration.class},
                (_, method, _) -> {
                    Object value = raw.getOrDefault(method.getName(), method.getDefaultValue());
                    return method.getReturnType() == int.class ? Integer.valueOf(value.toString()) : value.toString();
                });
        return SettingsReader.read(configuration, raw, BEFORE);
    }

    @Test
    void whatIsNotConfiguredHasItsDefault() {
        assertEquals(ServerSettings.DEFAULT, read(Map.of()));
    }

    @Test
    void everyValueIsRead() {
        assertEquals(
                new ServerSettings("nio", 7, Duration.ofSeconds(8), 9, Duration.ofMillis(250)),
                read(Map.of("backend", " nio ", "loops", 7, "drain", "8", "maxConnections", 9, "heldUpAfter", "250")));
    }

    @Test
    void aLimitOfAnAddressMayBeNoneOrTheGenerousOne() {
        assertEquals(7, read(Map.of("connectionsPerAddress", 7)).connectionsPerAddress());
        assertEquals(0, read(Map.of("connectionsPerAddress", "0")).connectionsPerAddress());
        assertEquals(-1, read(Map.of("connectionsPerAddress", "-1")).connectionsPerAddress());
        assertEquals(
                BEFORE.connectionsPerAddress(),
                read(Map.of("connectionsPerAddress", "-2")).connectionsPerAddress());
    }

    @Test
    void aValueThatIsNotUnderstoodLeavesTheOneBefore() {
        assertEquals(
                new ServerSettings("nio", 3, Duration.ofSeconds(4), 5),
                read(Map.of(
                        "backend",
                        "nio",
                        "loops",
                        "many",
                        "drain",
                        "-1",
                        "maxConnections",
                        "1e9",
                        "heldUpAfter",
                        "0")));
    }
}
