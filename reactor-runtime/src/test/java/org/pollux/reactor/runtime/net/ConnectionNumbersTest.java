package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConnectionNumbersTest {

    @Test
    void eachVersionOfTheRuntimeBeginsBehindTheNumbersOfTheFormerOne() {
        long former = ConnectionNumbers.begin();
        assertTrue(ConnectionNumbers.begin() >= former + 1_000_000_000_000L);
    }
}
