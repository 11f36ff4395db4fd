package org.pollux.http.files;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Files over real sockets, with faults. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(19, 1, RangesTest.class, ConditionsTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
