package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RFC 8305, section 4. */
class AddressOrderTest {

    private static List<InetAddress> addresses(String... literals) {
        return Stream.of(literals).map(InetAddress::ofLiteral).toList();
    }

    private static void assertOrder(List<InetAddress> expected, String... resolved) {
        assertEquals(expected, AddressOrder.interleave(addresses(resolved)));
    }

    @Test
    void theFamiliesTakeTurnsAndTheFirstOneLeads() {
        assertOrder(addresses("::1", "10.0.0.1", "::2", "10.0.0.2"), "::1", "::2", "10.0.0.1", "10.0.0.2");
        assertOrder(addresses("10.0.0.1", "::1", "10.0.0.2", "::2"), "10.0.0.1", "10.0.0.2", "::1", "::2");
    }

    @Test
    void whatOneFamilyHasMoreFollowsInTheResolversOrder() {
        assertOrder(addresses("::1", "10.0.0.1", "::2", "::3"), "::1", "::2", "::3", "10.0.0.1");
        assertOrder(addresses("::1", "10.0.0.1", "10.0.0.2", "10.0.0.3"), "::1", "10.0.0.1", "10.0.0.2", "10.0.0.3");
    }

    @Test
    void oneFamilyKeepsItsOrder() {
        assertOrder(addresses("10.0.0.2", "10.0.0.1"), "10.0.0.2", "10.0.0.1");
    }

    @Test
    void anAddressThatIsThereTwiceIsTriedOnce() {
        assertOrder(addresses("::1", "10.0.0.1"), "::1", "10.0.0.1", "::1", "10.0.0.1");
    }
}
