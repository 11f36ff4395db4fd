package org.pollux.reactor.runtime.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.proxy.ProxyHeader.Route;

/**
 * Version 2, in bytes:
 *
 * <pre>
 *   0            12         13       14        16
 *   │ signature  │ version, │ family │ length  │ client, destination, │ fields
 *   │            │ command  │        │ of rest │ ports                │
 * </pre>
 */
final class BinaryHeader {

    static final ByteBuffer SIGNATURE = ByteBuffer.wrap(
                    new byte[] {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'})
            .asReadOnlyBuffer();
    static final int FIXED = 16;

    /** Where the length of the rest is. */
    static final int LENGTH = 14;

    private static final int VERSION = 2;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;

    /** The room for the path of a Unix-domain socket. */
    static final int PATH = 108;

    /** What is connected, with the size of one address. Datagrams differ in their number only. */
    private enum Family {
        UNKNOWN(0),
        IPV4(4),
        IPV6(16),
        UNIX(PATH);

        private final int address;

        Family(int address) {
            this.address = address;
        }

        static Family of(int code) throws ProtocolException {
            return switch (code) {
                case 0x00 -> UNKNOWN;
                case 0x11, 0x12 -> IPV4;
                case 0x21, 0x22 -> IPV6;
                case 0x31, 0x32 -> UNIX;
                default -> throw ProxyHeader.wrong("has the unknown family 0x%02x".formatted(code));
            };
        }

        int length() {
            int ports = this == IPV4 || this == IPV6 ? 2 * Short.BYTES : 0;
            return 2 * address + ports;
        }
    }

    private BinaryHeader() {}

    static @Nullable ProxyHeader read(ByteBuffer in) throws ProtocolException {
        if (!ProxyHeader.begins(in, SIGNATURE) || in.remaining() < FIXED) {
            return null;
        }
        int versionAndCommand = in.get(12) & 0xff;
        int command = versionAndCommand & 0xf;
        if (versionAndCommand >> 4 != VERSION || command > PROXY) {
            throw ProxyHeader.wrong("has the unknown version and command 0x%02x".formatted(versionAndCommand));
        }
        int length = FIXED + (in.getShort(LENGTH) & 0xffff);
        if (length > ProxyHeader.LONGEST) {
            throw ProxyHeader.wrong("has " + length + " bytes, more than " + ProxyHeader.LONGEST);
        }
        if (in.remaining() < length) {
            return null;
        }
        return command == LOCAL
                ? new ProxyHeader(length, null, ProxyFields.NONE) // what follows is to be ignored
                : relayed(in.slice(0, length));
    }

    private static ProxyHeader relayed(ByteBuffer header) throws ProtocolException {
        Family family = Family.of(header.get(13) & 0xff);
        int addresses = FIXED + family.length();
        if (header.remaining() < addresses) {
            throw ProxyHeader.wrong("has no room for two addresses of its family");
        }
        ByteBuffer rest = header.duplicate().position(FIXED);
        Route route = family == Family.UNKNOWN ? null : route(family, rest);
        return new ProxyHeader(header.limit(), route, ProxyFields.read(header, addresses));
    }

    private static Route route(Family family, ByteBuffer in) throws ProtocolException {
        byte[] client = next(in, family.address);
        byte[] destination = next(in, family.address);
        return family == Family.UNIX
                ? new Route(path(client), path(destination))
                : new Route(socket(client, in.getShort()), socket(destination, in.getShort()));
    }

    private static byte[] next(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static SocketAddress socket(byte[] address, short port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port & 0xffff);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // its length is right
        }
    }

    /** Up to the first zero. An abstract name, which begins with one, is an unnamed socket: Java knows no other. */
    private static SocketAddress path(byte[] field) throws ProtocolException {
        int end = 0;
        while (end < field.length && field[end] != 0) {
            end++;
        }
        try {
            return UnixDomainSocketAddress.of(new String(field, 0, end, StandardCharsets.UTF_8));
        } catch (InvalidPathException e) {
            throw ProxyHeader.wrong("has a path that this system does not know: " + e.getReason());
        }
    }
}
