package org.pollux.http.server;

import org.junit.jupiter.api.Tag;
import org.pollux.reactor.chaos.ChaosBackend;
import org.pollux.reactor.chaos.ChaosSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;

/** The contract of exchanges on both wires, with faults. It takes ten seconds for each seed, so only {@code benchmarks/chaos} runs it. */
@Tag(SeededTests.ON_DEMAND)
class ChaosExchanges extends SeededTests {

    ChaosExchanges() {
        super(1, 1, OnSockets.Http1.class, OnSockets.Http2.class);
    }

    @Override
    protected Backend inject(Backend sound, long seed) {
        return new ChaosBackend(sound, ChaosSettings.of(seed));
    }
}
