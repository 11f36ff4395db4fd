package org.pollux.reactor.server.offer;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that begin with the same bits (RFC 4632, RFC 4291 section 2.3).
 *
 * @param start the first address
 * @param bits how many bits are the same
 */
public record Network(InetAddress start, int bits) {

    /**
     * Reads networks, with commas between them.
     *
     * @throws IllegalArgumentException with what is wrong, as the end of a sentence, and the remedy
     */
    static List<Network> list(String text) {
        return Stream.of(text.split(",", -1)).map(Network::of).toList();
    }

    private static Network of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        if (literal.matches("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*") && prefix.matches("[0-9]{0,3}")) {
            try {
                InetAddress start = InetAddress.ofLiteral(literal);
                int most = start.getAddress().length * Byte.SIZE;
                int bits = slash < 0 ? most : Integer.parseInt(prefix);
                Network network = new Network(start, bits);
                if (bits <= most && network.isWhole()) {
                    return network;
                }
            } catch (IllegalArgumentException _) {
                // told below
            }
        }
        throw new IllegalArgumentException("has '" + text
                + "' where a network is expected: write it as 10.0.0.0/8, fd00::/8 or 127.0.0.1, with no bits set behind the"
                + " prefix");
    }

    private boolean isWhole() {
        int rest = start.getAddress().length * Byte.SIZE - bits;
        return number(start).getLowestSetBit() >= rest || number(start).signum() == 0;
    }

    /** Whether an address is one of these. */
    public boolean contains(InetAddress address) {
        int length = start.getAddress().length;
        return address.getAddress().length == length
                && number(address).xor(number(start)).bitLength() <= length * Byte.SIZE - bits;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
