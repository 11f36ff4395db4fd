package org.pollux.it.stages;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Connections with stages, TLS among them, with faults around every backend. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(24, 2, StageContractTest.class, TlsStageContractTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
