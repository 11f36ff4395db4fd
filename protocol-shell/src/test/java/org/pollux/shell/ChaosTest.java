package org.pollux.shell;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** The shell over real sockets, with faults. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(22, 2, ShellOnSocketsTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
