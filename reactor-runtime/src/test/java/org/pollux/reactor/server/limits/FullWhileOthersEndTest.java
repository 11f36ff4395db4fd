package org.pollux.reactor.server.limits;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.testkit.Await;

@Timeout(60)
final class FullWhileOthersEndTest {

    private static final int TURNS = 50_000;
    private static final SocketAddress PEER = UnixDomainSocketAddress.of("");

    @Test
    void aConnectionThatEndsWhileAnotherOneFillsTheServerIsNotMissed() throws Exception {
        ConnectionLimit limit = new ConnectionLimit();
        limit.most(2);
        CyclicBarrier both = new CyclicBarrier(2);
        try (CapturedLog _ = new CapturedLog()) {
            Thread ending = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < TURNS; i++) {
                    meet(both);
                    limit.closed(PEER);
                    meet(both);
                }
            });
            try {
                for (int i = 0; i < TURNS; i++) {
                    limit.opened(PEER);
                    meet(both);
                    limit.opened(PEER);
                    meet(both);
                    assertFalse(limit.isFull(), "one of two is open, at turn " + i);
                    limit.closed(PEER);
                }
            } finally {
                both.reset();
            }
            Await.end(ending);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(40, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
