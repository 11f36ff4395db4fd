package org.pollux.http.filters;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that begin with the same bits (RFC 4632, RFC 4291 section 2.3).
 *
 * @param start the first address
 * @param bits the number of equal bits
 */
record Network(InetAddress start, int bits) {

    /**
     * Reads a network in CIDR notation, or a single address.
     *
     * @throws IllegalArgumentException with the remedy
     */
    static Network of(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> start = Addresses.literal(slash < 0 ? text : text.substring(0, slash));
        int most = start.map(address -> address.getAddress().length * 8).orElse(0);
        int bits = slash < 0 ? most : number(text.substring(slash + 1));
        if (start.isEmpty() || bits < 0 || bits > most) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a network: write it as 10.0.0.0/8, fd00::/8 or 127.0.0.1");
        }
        Network network = new Network(start.get(), bits);
        if (!network.isFirst()) {
            throw new IllegalArgumentException(
                    "'" + text + "' has bits after its first " + bits + ": it is not clear which network is meant");
        }
        return network;
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    private boolean isFirst() {
        byte[] address = start.getAddress();
        for (int bit = bits; bit < address.length * 8; bit++) {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean contains(InetAddress address) {
        byte[] first = start.getAddress();
        byte[] other = address.getAddress();
        int bytes = bits / 8;
        if (first.length != other.length || Arrays.mismatch(first, 0, bytes, other, 0, bytes) >= 0) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((first[bytes] ^ other[bytes]) & 0xFF) >> (8 - rest) == 0;
    }
}
