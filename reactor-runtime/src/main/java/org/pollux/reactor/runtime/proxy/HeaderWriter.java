package org.pollux.reactor.runtime.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectOptions.Relay;
import org.pollux.reactor.ProxyInfo;

/** Writes a header of version 2, with its checksum; {@link BinaryHeader} has the layout. */
final class HeaderWriter {

    /** Two paths, and three texts as long as they may be. */
    private static final int LONGEST = 2 * 1024;

    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte UNKNOWN = 0x00;
    private static final byte TCP_IPV4 = 0x11;
    private static final byte TCP_IPV6 = 0x21;
    private static final byte UNIX_STREAM = 0x31;

    private final ByteBuffer out = ByteBuffer.allocate(LONGEST);

    private HeaderWriter() {}

    /**
     * The header, from its position on.
     *
     * @throws IllegalArgumentException when a text is too long
     */
    static ByteBuffer write(Relay relay) {
        HeaderWriter writer = new HeaderWriter();
        writer.addresses(relay.client(), relay.destination());
        writer.text(ProxyFields.ALPN, relay.alpn(), ISO_8859_1);
        writer.text(ProxyFields.AUTHORITY, relay.authority(), UTF_8);
        writer.tls(relay.tls());
        return writer.finish();
    }

    private void addresses(SocketAddress client, SocketAddress destination) {
        out.put(BinaryHeader.SIGNATURE.duplicate()).put(VERSION_2_PROXY);
        if (client instanceof InetSocketAddress from
                && destination instanceof InetSocketAddress to
                && !from.isUnresolved()
                && !to.isUnresolved()) {
            boolean ipv4 = from.getAddress() instanceof Inet4Address && to.getAddress() instanceof Inet4Address;
            out.put(ipv4 ? TCP_IPV4 : TCP_IPV6).putShort((short) 0);
            address(from.getAddress(), ipv4);
            address(to.getAddress(), ipv4);
            out.putShort((short) from.getPort()).putShort((short) to.getPort());
        } else if (client instanceof UnixDomainSocketAddress from
                && destination instanceof UnixDomainSocketAddress to) {
            out.put(UNIX_STREAM).putShort((short) 0);
            path(from);
            path(to);
        } else {
            out.put(UNKNOWN).putShort((short) 0);
        }
    }

    /** An address of IPv4 beside one of IPv6 is written as that (RFC 4291 section 2.5.5.2). */
    private void address(InetAddress address, boolean ipv4) {
        if (!ipv4 && address instanceof Inet4Address) {
            out.putLong(0).putShort((short) 0).putShort((short) -1);
        }
        out.put(address.getAddress());
    }

    private void path(UnixDomainSocketAddress address) {
        int end = out.position() + BinaryHeader.PATH;
        byte[] path = address.toString().getBytes(UTF_8);
        out.put(path, 0, Math.min(path.length, BinaryHeader.PATH)).position(end);
    }

    private void text(int type, @Nullable String text, Charset charset) {
        if (text != null) {
            byte[] bytes = text.getBytes(charset);
            if (bytes.length > ProxyFields.LONGEST_NAME) {
                throw new IllegalArgumentException("The PROXY header cannot tell a text of " + bytes.length + " bytes: "
                        + ProxyFields.LONGEST_NAME + " are the most");
            }
            out.put((byte) type).putShort((short) bytes.length).put(bytes);
        }
    }

    private void tls(ProxyInfo.@Nullable Tls tls) {
        if (tls != null) {
            int start = out.position();
            out.put((byte) ProxyFields.TLS).putShort((short) 0);
            out.put((byte) (ProxyFields.ENCRYPTED | (tls.certificate() ? ProxyFields.CERTIFICATE : 0)));
            out.putInt(tls.certificate() && !tls.verified() ? 1 : 0);
            text(ProxyFields.TLS_VERSION, tls.version(), ISO_8859_1);
            text(ProxyFields.TLS_COMMON_NAME, tls.commonName(), UTF_8);
            text(ProxyFields.TLS_CIPHER, tls.cipher(), ISO_8859_1);
            out.putShort(start + 1, (short) (out.position() - start - ProxyFields.HEAD));
        }
    }

    private ByteBuffer finish() {
        out.put((byte) ProxyFields.CRC32C).putShort((short) Integer.BYTES);
        int place = out.position();
        out.putInt(0).flip();
        out.putShort(BinaryHeader.LENGTH, (short) (out.remaining() - BinaryHeader.FIXED));
        CRC32C sum = new CRC32C();
        sum.update(out.duplicate());
        return out.putInt(place, (int) sum.getValue());
    }
}
