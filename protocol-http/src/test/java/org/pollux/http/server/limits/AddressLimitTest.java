package org.pollux.http.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.settings.ConnectionLimits;

/** How many connections one client may have. */
class AddressLimitTest {

    private static InetSocketAddress client(String address) {
        return new InetSocketAddress(address, 40_000);
    }

    private static boolean open(AddressLimit limit, String address, int count) {
        boolean taken = true;
        for (int i = 0; i < count; i++) {
            taken &= limit.opened(client(address));
        }
        return taken;
    }

    @Test
    void unlessItIsSetItIsGenerousAndNotForThisMachine() {
        AddressLimit limit = new AddressLimit(ConnectionLimits.defaults().perAddress());
        assertTrue(open(limit, "192.0.2.1", ConnectionLimits.MANY));
        assertFalse(open(limit, "192.0.2.1", 1));
        assertTrue(open(limit, "192.0.2.2", 1), "another client");
        assertTrue(open(limit, "127.0.0.1", 10 * ConnectionLimits.MANY));
        assertTrue(open(limit, "::1", 10 * ConnectionLimits.MANY));
        assertEquals(2, limit.addresses());
    }

    @Test
    void oneThatIsSetHoldsForThisMachineToo() {
        AddressLimit limit = new AddressLimit(3);
        assertTrue(open(limit, "127.0.0.1", 3));
        assertFalse(open(limit, "127.0.0.1", 1));
    }

    @Test
    void zeroIsNoLimitAndCountsNothing() {
        AddressLimit limit = new AddressLimit(0);
        assertTrue(open(limit, "192.0.2.1", 10_000));
        assertEquals(0, limit.addresses());
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        AddressLimit limit = new AddressLimit(2);
        assertTrue(open(limit, "2001:db8:1:2::1", 1));
        assertTrue(open(limit, "2001:db8:1:2:ffff::7", 1));
        assertFalse(open(limit, "2001:db8:1:2:3::9", 1));
        assertTrue(open(limit, "2001:db8:1:3::1", 1));
        limit.closed(client("2001:db8:1:2::1"));
        limit.closed(client("2001:db8:1:2::1"));
        limit.closed(client("2001:db8:1:2::1"));
        limit.closed(client("2001:db8:1:3::1"));
        assertEquals(0, limit.addresses());
    }

    @Test
    void aUnixDomainPeerHasNoAddress() {
        assertTrue(new AddressLimit(0).opened(UnixDomainSocketAddress.of("")));
        AddressLimit one = new AddressLimit(1);
        assertTrue(one.opened(UnixDomainSocketAddress.of("")));
        assertTrue(one.opened(UnixDomainSocketAddress.of("")));
    }
}
