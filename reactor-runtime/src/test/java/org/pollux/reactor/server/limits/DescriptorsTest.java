package org.pollux.reactor.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.runtime.CapturedLog;

/** The last descriptors are not for connections. */
class DescriptorsTest {

    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 40_000);

    private final ConnectionLimit limit = new ConnectionLimit();
    private int others = 80;
    private int looks;
    private int shortages;
    private final Descriptors descriptors = new Descriptors(limit, () -> 200, this::open, () -> shortages++);

    private int open() {
        looks++;
        return others + limit.open();
    }

    private void connect(int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(limit.opened(PEER));
            descriptors.opened(limit.open());
        }
    }

    @Test
    void connectionsGetAllButTheLastSixtyFour() {
        try (CapturedLog log = new CapturedLog()) {
            connect(200 - 80 - Descriptors.KEPT - 1);
            assertFalse(limit.isFull());
            connect(1);
            assertTrue(limit.isFull());
            assertTrue(limit.why().contains("ulimit -n"), limit.why());
            assertEquals(1, shortages);
            assertEquals(1, log.lines());
            assertTrue(looks < 12, looks + " looks");
        }
    }

    @Test
    void theyWaitUntilSomeAreFreeAgain() {
        try (CapturedLog _ = new CapturedLog()) {
            connect(200 - 80 - Descriptors.KEPT);
            assertTrue(descriptors.look());
            for (int i = 0; i < 4; i++) {
                assertTrue(limit.isFull());
                limit.closed(PEER);
                boolean _ = descriptors.look();
            }
            assertFalse(limit.isFull());
            assertFalse(descriptors.status().full());
            assertEquals(1, descriptors.status().timesFull());
        }
    }

    @Test
    void filesThatAreOpenedMeanwhileCount() {
        try (CapturedLog _ = new CapturedLog()) {
            connect(40);
            assertFalse(limit.isFull());
            others += 16;
            boolean _ = descriptors.look();
            assertTrue(limit.isFull());
            others -= 16;
            assertFalse(descriptors.look());
            assertFalse(limit.isFull());
        }
    }

    @Test
    void withVeryFewDescriptorsConnectionsStillGetSome() {
        try (CapturedLog _ = new CapturedLog()) {
            others = 170;
            connect(9);
            assertFalse(limit.isFull());
            connect(1);
            assertTrue(limit.isFull());
            assertEquals(20, descriptors.status().kept());
        }
    }

    @Test
    void whereTheLimitIsUnknownThereIsNone() {
        Descriptors unknown = new Descriptors(limit, () -> Integer.MAX_VALUE, this::open, () -> {});
        unknown.opened(1_000_000);
        assertFalse(limit.isFull());
    }
}
