package org.pollux.reactor.runtime.proxy;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.reactor.ConnectOptions.Relay;
import org.pollux.reactor.ProxyInfo;

/** What is written is what is read: addresses of each family, fields, the checksum. */
class HeaderWriterTest {

    private static final ProxyInfo.Tls TLS = new ProxyInfo.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", true, true, "Ada");

    private static InetSocketAddress socket(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    static Stream<Relay> relays() {
        return Stream.of(
                new Relay(socket("192.0.2.1", 50000), socket("198.51.100.2", 443), "h2", "example.org", TLS),
                new Relay(socket("2001:db8::1", 50000), socket("2001:db8::2", 443), null, null, null),
                new Relay(
                        UnixDomainSocketAddress.of("/run/a.sock"),
                        UnixDomainSocketAddress.of("/run/b.sock"),
                        null,
                        "example.org",
                        new ProxyInfo.Tls("TLSv1.2", null, true, false, null)));
    }

    private static ProxyHeader read(Relay relay) throws ProtocolException {
        return requireNonNull(ProxyHeader.read(HeaderWriter.write(relay)));
    }

    @ParameterizedTest
    @MethodSource("relays")
    void everythingIsReadAgain(Relay relay) throws ProtocolException {
        ProxyHeader header = read(relay);
        assertEquals(new ProxyHeader.Route(relay.client(), relay.destination()), header.route());
        assertEquals(new ProxyFields(relay.alpn(), relay.authority(), relay.tls()), header.fields());
        assertEquals(HeaderWriter.write(relay).remaining(), header.length());
    }

    @Test
    void anAddressOfTheOtherFamilyIsWrittenAsIpv6() throws ProtocolException {
        SocketAddress six = socket("2001:db8::2", 443);
        ProxyHeader.Route route = requireNonNull(read(new Relay(socket("192.0.2.1", 50000), six, null, null, null))
                .route());
        assertEquals(socket("192.0.2.1", 50000), route.client(), "Java reads a mapped address as one of IPv4");
        assertEquals(six, route.destination());
    }

    @Test
    void addressesThatAreNotResolvedAreUnknown() throws ProtocolException {
        SocketAddress name = InetSocketAddress.createUnresolved("example.org", 443);
        assertNull(read(new Relay(name, name, null, null, null)).route());
    }

    @Test
    void aByteThatIsChangedOnItsWayIsNoticed() {
        ByteBuffer header = HeaderWriter.write(relays().findFirst().orElseThrow());
        header.put(20, (byte) (header.get(20) ^ 1));
        assertThrows(ProtocolException.class, () -> ProxyHeader.read(header));
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        SocketAddress any = socket("192.0.2.1", 1);
        Relay relay = new Relay(any, any, null, "x".repeat(256), null);
        assertThrows(IllegalArgumentException.class, () -> HeaderWriter.write(relay));
    }
}
