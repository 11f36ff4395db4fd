package org.pollux.reactor.framing;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Frames of a stream that comes in odd pieces. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(18, 1, FramingTest.class, FrameResponderTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
