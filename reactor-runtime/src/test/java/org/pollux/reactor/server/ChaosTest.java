package org.pollux.reactor.server;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Endpoints, swaps and hand-overs of a whole server, with faults. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(
                5,
                4,
                SwapTest.class,
                ServedEndpointsTest.class,
                UnixEndpointTest.class,
                UdpEndpointTest.class,
                HandOverTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
