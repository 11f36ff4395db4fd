package org.pollux.reactor.runtime.proxy;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.runtime.proxy.Headers.LOCAL;
import static org.pollux.reactor.runtime.proxy.Headers.PROXY;
import static org.pollux.reactor.runtime.proxy.Headers.bytes;
import static org.pollux.reactor.runtime.proxy.Headers.field;
import static org.pollux.reactor.runtime.proxy.Headers.header;
import static org.pollux.reactor.runtime.proxy.Headers.ipv4;
import static org.pollux.reactor.runtime.proxy.Headers.join;
import static org.pollux.reactor.runtime.proxy.Headers.summed;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.runtime.proxy.ProxyHeader.Route;

/** Both versions of the header, byte by byte, and what is none. */
final class ProxyHeaderTest {

    private static final Route ROUTE = route("192.0.2.1", 50000, "198.51.100.2", 443);
    private static final byte[] TEXT = bytes("PROXY TCP4 192.0.2.1 198.51.100.2 50000 443\r\n");
    private static final byte[] CHECKSUM = field(0x03, new byte[4]);
    private static final byte[] FULL = summed(ipv4(
            field(0x01, "h2"),
            field(0x02, "ä.example"),
            field(
                    0x20,
                    new byte[] {0x07, 0, 0, 0, 0},
                    field(0x21, "TLSv1.3"),
                    field(0x22, "Jürgen"),
                    field(0x23, "TLS_AES_128_GCM_SHA256"),
                    field(0x24, "SHA256")),
            field(0xea, "of a vendor"),
            field(0x04, new byte[2]),
            CHECKSUM));

    private static Route route(String client, int port, String destination, int destinationPort) {
        return new Route(new InetSocketAddress(client, port), new InetSocketAddress(destination, destinationPort));
    }

    private static Optional<ProxyHeader> read(byte[] in) throws ProtocolException {
        return Optional.ofNullable(ProxyHeader.read(ByteBuffer.wrap(in.clone())));
    }

    private static ProxyHeader whole(byte[] in) throws ProtocolException {
        return read(in).orElseThrow();
    }

    private static String fault(byte[] in) {
        return requireNonNull(
                assertThrows(ProtocolException.class, () -> read(in)).getMessage());
    }

    // ---- what is told

    @Test
    void aLineTellsTheAddresses() throws ProtocolException {
        assertEquals(new ProxyHeader(TEXT.length, ROUTE, ProxyFields.NONE), whole(TEXT));
        assertEquals(
                route("2001:db8::1", 0, "::1", 65535),
                whole(bytes("PROXY TCP6 2001:DB8::1 ::1 0 65535\r\n")).route());
    }

    @Test
    void aLineMayTellNothing() throws ProtocolException {
        assertNull(whole(bytes("PROXY UNKNOWN\r\n")).route());
        assertNull(whole(bytes("PROXY UNKNOWN ffff:: \0 anything 1 2\r\n")).route());
    }

    @Test
    void bytesTellTheAddresses() throws ProtocolException {
        assertEquals(new ProxyHeader(28, ROUTE, ProxyFields.NONE), whole(ipv4()));
        byte[] addresses = new byte[36];
        addresses[15] = 1;
        addresses[31] = 2;
        addresses[33] = 80;
        addresses[34] = (byte) 0xff;
        assertEquals(
                route("::1", 80, "::2", 0xff00),
                whole(header(PROXY, 0x21, addresses)).route());
    }

    @Test
    void bytesTellThePathsOfUnixSockets() throws ProtocolException {
        byte[] addresses = Arrays.copyOf(bytes("/run/client"), 216);
        Arrays.fill(addresses, 108, 216, (byte) 'd');
        SocketAddress client = UnixDomainSocketAddress.of("/run/client");
        SocketAddress destination = UnixDomainSocketAddress.of("d".repeat(108));
        assertEquals(
                new Route(client, destination),
                whole(header(PROXY, 0x31, addresses)).route());
        assertEquals(
                new Route(UnixDomainSocketAddress.of(""), UnixDomainSocketAddress.of("")),
                whole(header(PROXY, 0x31, new byte[216])).route());
    }

    @Test
    void aProxyMaySpeakForItself() throws ProtocolException {
        assertEquals(new ProxyHeader(16, null, ProxyFields.NONE), whole(header(LOCAL, 0)));
        assertEquals(
                new ProxyHeader(19, null, ProxyFields.NONE),
                whole(header(LOCAL, 0xff, bytes("???"))),
                "what follows is ignored");
    }

    @Test
    void anUnknownFamilyStillHasFields() throws ProtocolException {
        ProxyHeader told = whole(header(PROXY, 0, field(0x01, "h2")));
        assertNull(told.route());
        assertEquals("h2", told.fields().alpn());
    }

    @Test
    void fieldsThatAreKnownAreToldAndOthersSkipped() throws ProtocolException {
        ProxyHeader told = whole(FULL);
        assertEquals(ROUTE, told.route());
        assertEquals(
                new ProxyFields(
                        "h2",
                        "ä.example",
                        new ProxyInfo.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", true, true, "Jürgen")),
                told.fields());
    }

    @Test
    void aCertificateIsVerifiedWhenItWasShownAndAccepted() throws ProtocolException {
        assertEquals(new ProxyInfo.Tls(null, null, false, false, null), tls(1, 0));
        assertEquals(new ProxyInfo.Tls(null, null, true, false, null), tls(3, 1));
        assertEquals(new ProxyInfo.Tls(null, null, true, true, null), tls(5, 0));
        assertNull(whole(ipv4(field(0x20, new byte[5]))).fields().tls());
    }

    private static ProxyInfo.Tls tls(int client, int verify) throws ProtocolException {
        byte[] value = {(byte) client, 0, 0, 0, (byte) verify};
        return requireNonNull(whole(ipv4(field(0x20, value))).fields().tls());
    }

    // ---- bounds

    @Test
    void everyBeginningIsAwaitedAndWhatFollowsIsLeft() throws ProtocolException {
        for (byte[] all : List.of(TEXT, bytes("PROXY UNKNOWN\r\n"), ipv4(), FULL, header(LOCAL, 0))) {
            for (int end = 0; end < all.length; end++) {
                assertTrue(read(Arrays.copyOf(all, end)).isEmpty(), "of " + end + " bytes");
            }
            assertEquals(all.length, whole(join(all, bytes("\r\nPROXY data"))).length());
        }
    }

    @Test
    void aLineHas107BytesAtMost() throws ProtocolException {
        String text = "PROXY UNKNOWN " + "x".repeat(91);
        assertEquals(107, whole(bytes(text + "\r\n")).length());
        assertTrue(read(bytes(text + "x")).isEmpty(), "106 bytes");
        assertTrue(fault(bytes(text + "x\r")).contains("longer than 107 bytes"));
        assertTrue(fault(bytes(text + "x\r\n")).contains("longer than 107 bytes"));
    }

    @Test
    void bytesAreFourKibibytesAtMost() throws ProtocolException {
        assertEquals(4096, whole(header(LOCAL, 0, new byte[4080])).length());
        assertTrue(fault(Arrays.copyOf(header(LOCAL, 0, new byte[4081]), 16)).contains("4097 bytes, more than 4096"));
    }

    // ---- what is wrong

    @Test
    void theFirstWrongByteIsRefusedAtOnce() throws ProtocolException {
        for (byte[] start : List.of(bytes("PROXY "), Arrays.copyOf(ipv4(), 12))) {
            for (int at = 0; at < start.length; at++) {
                byte[] wrong = Arrays.copyOf(start, at + 1);
                wrong[at] ^= 0x20;
                assertTrue(fault(wrong).contains("does not begin with a header"));
            }
        }
        assertTrue(fault(bytes("GET / HTTP/1.1\r\n\r\n")).contains("let the proxy send one"));
    }

    @Test
    void aChangedByteNeverDoesHarm() throws ProtocolException {
        for (byte[] all : List.of(TEXT, ipv4(), FULL)) {
            for (int at = 0; at < all.length; at++) {
                for (int value = 0; value < 256; value++) {
                    byte[] changed = all.clone();
                    changed[at] = (byte) value;
                    try {
                        read(changed);
                    } catch (ProtocolException expected) {
                        assertNotNull(expected.getMessage());
                    }
                }
            }
        }
    }

    @Test
    void noChangedByteGetsPastTheChecksum() throws ProtocolException {
        ProxyHeader right = whole(FULL);
        for (int at = 16; at < FULL.length; at++) {
            byte[] changed = FULL.clone();
            changed[at] ^= 0x40;
            try {
                assertEquals(right, whole(changed), "it is the type of the checksum");
                assertEquals(FULL.length - CHECKSUM.length, at);
            } catch (ProtocolException expected) {
                assertNotNull(expected.getMessage());
            }
        }
        assertTrue(fault(ipv4(CHECKSUM)).contains("wrong checksum"));
        assertTrue(fault(ipv4(field(0x03, new byte[3]))).contains("checksum of 3 bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY \r\n",
                "PROXY UNKNOWNS\r\n",
                "PROXY tcp4 1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n",
                "PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4\t1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.04 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.4 localhost 1 2\r\n",
                "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP6 1.2.3.4 ::1 1 2\r\n",
                "PROXY TCP6 ::1%lo ::1 1 2\r\n",
                "PROXY TCP6 [::1] ::1 1 2\r\n",
                "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 +1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r ",
                "PROXY UNKNOWN\rx\r\n",
                "PROXY UNKNOWN\nx\r\n",
            })
    void aLineThatIsNotExactIsRefused(String line) {
        assertTrue(fault(bytes(line)).startsWith("The PROXY header "));
    }

    @Test
    void bytesThatAreNotExactAreRefused() {
        fault(header(0x11, 0x11, new byte[12]));
        fault(header(0x31, 0x11, new byte[12]));
        fault(header(0x22, 0x11, new byte[12]));
        for (int family : new int[] {0x01, 0x10, 0x13, 0x20, 0x30, 0x41}) {
            fault(header(PROXY, family, new byte[216]));
        }
        fault(header(PROXY, 0x11, new byte[11]));
        fault(header(PROXY, 0x21, new byte[35]));
        fault(header(PROXY, 0x31, new byte[215]));
    }

    @Test
    void fieldsThatAreNotExactAreRefused() {
        fault(ipv4(new byte[1]));
        fault(ipv4(new byte[2]));
        fault(ipv4(new byte[] {(byte) 0xea, 0, 1}));
        fault(ipv4(field(0x01, "h2"), field(0x01, "h2")));
        fault(ipv4(field(0x01, "")));
        fault(ipv4(field(0x02, new byte[256])));
        fault(ipv4(field(0x02, new byte[] {(byte) 0xff})));
        fault(ipv4(field(0x20, new byte[4])));
        fault(ipv4(field(0x20, new byte[5], new byte[] {0x21, 0, 1})));
        fault(ipv4(field(0x20, new byte[5], field(0x21, "a"), field(0x21, "a"))));
    }

    @Test
    void garbageBehindARightBeginningIsRefusedOrRead() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            byte[] all = header(PROXY, new int[] {0, 0x11, 0x21, 0x31}[i % 4], body);
            try {
                assertEquals(all.length, whole(all).length());
            } catch (ProtocolException expected) {
                assertNotNull(expected.getMessage());
            }
        }
    }
}
