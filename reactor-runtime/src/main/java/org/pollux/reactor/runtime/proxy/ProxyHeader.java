package org.pollux.reactor.runtime.proxy;

import java.net.ProtocolException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A header of the PROXY protocol, as HAProxy's proxy-protocol.txt specifies it. A wrong byte is refused as soon as it can be known.
 *
 * @param length bytes that it has
 * @param route whose connection the proxy passes on; null when it speaks for itself, or does not know
 */
record ProxyHeader(int length, @Nullable Route route, ProxyFields fields) {

    /** Our limit of version 2, which could have 64 KiB. */
    static final int LONGEST = 4 * 1024;

    /** From whom to whom. */
    record Route(SocketAddress client, SocketAddress destination) {}

    /**
     * Reads a header at the start of a buffer.
     *
     * @param in what came until now, from its position on; it belongs to the connection alone, and may be changed
     * @return null when more is to come
     * @throws ProtocolException when it is none
     */
    static @Nullable ProxyHeader read(ByteBuffer in) throws ProtocolException {
        if (!in.hasRemaining()) {
            return null;
        }
        ByteBuffer header = in.slice();
        return header.get(0) == TextHeader.FIRST_BYTE ? TextHeader.read(header) : BinaryHeader.read(header);
    }

    /**
     * Whether the first bytes are expected ones, as far as they are there.
     *
     * @return false when some are missing
     */
    static boolean begins(ByteBuffer in, ByteBuffer expected) throws ProtocolException {
        int present = Math.min(in.remaining(), expected.remaining());
        if (!in.slice(0, present).equals(expected.slice(0, present))) {
            throw new ProtocolException(
                    "The connection does not begin with a header of the PROXY protocol, which ?proxy= of the"
                            + " endpoint requires from this address: let the proxy send one, or change the networks of ?proxy=");
        }
        return present == expected.remaining();
    }

    static ProtocolException wrong(String what) {
        return new ProtocolException("The PROXY header " + what);
    }
}
