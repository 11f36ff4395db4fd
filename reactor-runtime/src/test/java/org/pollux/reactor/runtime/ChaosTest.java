package org.pollux.reactor.runtime;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** The contract of connections, with faults. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(1, 2, StreamConnectionContractTest.class, ConnectTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
