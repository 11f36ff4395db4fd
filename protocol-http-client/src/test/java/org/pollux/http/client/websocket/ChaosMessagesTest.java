package org.pollux.http.client.websocket;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** WebSocket over HTTP/1.1 and HTTP/2, with faults. */
class ChaosMessagesTest extends SeededTests {

    ChaosMessagesTest() {
        super(22, 2, UpgradedMessagesTest.class, StreamMessagesTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
