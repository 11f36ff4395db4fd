package org.pollux.http.client;

import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** The client and its servers, with faults. */
class ChaosTest extends SeededTests {

    ChaosTest() {
        super(
                13,
                3,
                BodiesTest.class,
                ConnectionsTest.class,
                RequestsTest.class,
                RedirectsTest.class,
                UnaskedTest.class,
                OldServersTest.class,
                Http1ClientTest.class,
                Http2ClientTest.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
