package org.pollux.http.server;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** HTTP over real sockets, with faults. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(9, 4, RawCasesOnSocketsTest.class, SocketsTest.class, FileSocketsTest.class, BlockingTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
