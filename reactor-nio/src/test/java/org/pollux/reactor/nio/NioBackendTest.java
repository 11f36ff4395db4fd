package org.pollux.reactor.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

class NioBackendTest {

    @Test
    void isNamedNio() {
        assertEquals("nio", new NioBackend().name());
    }

    @Test
    void describesThePlatformsMechanism() throws IOException {
        String mechanism;
        try (Selector selector = Selector.open()) {
            mechanism = selector.getClass().getSimpleName();
        }
        String description = new NioBackend().description();
        assertTrue(description.contains(mechanism), description);
    }
}
