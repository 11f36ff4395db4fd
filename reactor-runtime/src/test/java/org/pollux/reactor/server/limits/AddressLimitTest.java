package org.pollux.reactor.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.testkit.Await;

/** How many connections one client may have. */
@Timeout(60)
class AddressLimitTest {

    private long now;
    private final AddressLimit limit = new AddressLimit(() -> now);

    private static InetSocketAddress client(String address) {
        return new InetSocketAddress(address, 40_000);
    }

    /** Whether all of these connections are taken. */
    private boolean open(String address, int count) {
        boolean taken = true;
        for (int i = 0; i < count; i++) {
            taken &= limit.opened(client(address));
        }
        return taken;
    }

    private void close(String address, int count) {
        for (int i = 0; i < count; i++) {
            limit.closed(client(address));
        }
    }

    @Test
    void unlessItIsSetItIsGenerousAndNotForThisMachine() {
        assertTrue(open("192.0.2.1", AddressLimit.MANY));
        assertTrue(open("192.0.2.2", 1), "another client");
        assertTrue(open("127.0.0.1", 10 * AddressLimit.MANY));
        assertTrue(open("::1", 10 * AddressLimit.MANY));
        try (CapturedLog _ = new CapturedLog()) {
            assertFalse(open("192.0.2.1", 1));
        }
    }

    @Test
    void oneThatIsSetHoldsForThisMachineToo() {
        limit.most(3);
        assertTrue(open("127.0.0.1", 3));
        try (CapturedLog _ = new CapturedLog()) {
            assertFalse(open("127.0.0.1", 1));
        }
    }

    @Test
    void zeroIsNoLimit() {
        limit.most(0);
        assertTrue(open("192.0.2.1", 10_000));
        assertEquals(Optional.empty(), limit.status());
    }

    @Test
    void aNewLimitKnowsTheConnectionsThatAreOpen() {
        limit.most(0);
        assertTrue(open("127.0.0.1", 5));
        limit.most(3);
        try (CapturedLog _ = new CapturedLog()) {
            assertFalse(open("127.0.0.1", 1));
            close("127.0.0.1", 2);
            assertFalse(open("127.0.0.1", 1), "three are left");
            close("127.0.0.1", 1);
            assertTrue(open("127.0.0.1", 1));
        }
        limit.most(0);
        close("127.0.0.1", 3);
        assertEquals(0, limit.addresses());
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        limit.most(2);
        assertTrue(open("2001:db8:1:2::1", 1));
        assertTrue(open("2001:db8:1:2:ffff::7", 1));
        assertTrue(open("2001:db8:1:3::1", 1), "another network");
        try (CapturedLog _ = new CapturedLog()) {
            assertFalse(open("2001:db8:1:2:3::9", 1));
        }
        close("2001:db8:1:2::1", 2);
        close("2001:db8:1:3::1", 1);
        assertEquals(0, limit.addresses());
    }

    @Test
    void oneThatWasRefusedDoesNotCount() {
        limit.most(1);
        try (CapturedLog _ = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertTrue(open("192.0.2.1", 1));
                assertFalse(open("192.0.2.1", 1));
                close("192.0.2.1", 1);
            }
        }
        assertEquals(0, limit.addresses());
    }

    @Test
    void aUnixDomainPeerHasNoAddress() {
        limit.most(1);
        assertTrue(limit.opened(UnixDomainSocketAddress.of("")));
        assertTrue(limit.opened(UnixDomainSocketAddress.of("")));
        limit.closed(UnixDomainSocketAddress.of(""));
        assertEquals(0, limit.addresses());
    }

    @Test
    void itIsToldOnceInAMinuteAndCountedAlways() {
        limit.most(1);
        try (CapturedLog log = new CapturedLog()) {
            assertFalse(open("192.0.2.1", 100));
            assertEquals(1, log.lines());
            now += Duration.ofSeconds(59).toNanos();
            assertFalse(open("192.0.2.1", 1));
            assertEquals(1, log.lines());
            now += Duration.ofSeconds(1).toNanos();
            assertFalse(open("192.0.2.1", 1));
            assertEquals(2, log.lines());
        }
        assertEquals(
                Optional.of(new LimitStatus("connectionsPerAddress (reset)", 101, "org.pollux.reactor-runtime")),
                limit.status());
    }

    @Test
    void manyThreadsNeitherPassTheLimitNorLoseACount() throws InterruptedException {
        limit.most(3);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        try (CapturedLog _ = new CapturedLog()) {
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int turn = 0; turn < 20_000; turn++) {
                        if (limit.opened(client("192.0.2.1"))) {
                            seen.accumulateAndGet(open.incrementAndGet(), Math::max);
                            open.decrementAndGet();
                            limit.closed(client("192.0.2.1"));
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                Await.end(thread);
            }
        }
        assertEquals(0, limit.addresses());
        assertTrue(seen.get() <= 3, seen + " were open at a time");
    }
}
