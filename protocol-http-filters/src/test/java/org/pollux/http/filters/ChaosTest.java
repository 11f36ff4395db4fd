package org.pollux.http.filters;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Filters over real sockets, with faults. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(20, 1, GzipFilterTest.class, RequestIdFilterTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
