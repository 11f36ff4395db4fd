package org.pollux.http.wire.hpack;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Bytes;

/**
 * The Huffman code of HPACK (RFC 7541, section 5.2 and appendix B). It is canonical: codes of the same length are in the order
 * of their symbols, so their lengths define them.
 *
 * <p>The decoder is an automaton that takes four bits at a time. The shortest code has five bits, so a step ends at most one
 * symbol.
 */
final class Huffman {

    /** The lengths of the codes of all octets, in bits. */
    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, //
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, //
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, //
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, //
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, //
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, //
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, //
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, //
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, //
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, //
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, //
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, //
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, //
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, //
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, //
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, //
    };

    /** The symbol for the end of a string. It is never sent; its first bits are the padding. */
    private static final int END = LENGTHS.length;

    private static final int END_LENGTH = 30;
    private static final int LONGEST = 30;

    /** Bits of a step of the decoder. */
    private static final int STEP = 4;

    /** The most bits of padding (RFC 7541, section 5.2). */
    private static final int MOST_PADDING = 7;

    private static final int[] CODES = new int[END + 1];

    // A transition is the next state, the symbol that the step has ended, and whether it has ended one.
    private static final int SYMBOL_SHIFT = 8;
    private static final int ENDS_SYMBOL = 1 << 16;
    private static final int FAULT = -1;

    /** The transitions of each state, by the next four bits. A state is an inner node of the tree of codes, 0 the root. */
    private static final int[] TRANSITIONS;

    /** Whether a string may end in a state: less than eight bits follow its last symbol, and all are ones. */
    private static final boolean[] MAY_END;

    static {
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int symbol = 0; symbol <= END; symbol++) {
                if (length(symbol) == length) {
                    CODES[symbol] = code++;
                }
            }
            code <<= 1;
        }
        int[][] tree = tree();
        TRANSITIONS = new int[tree.length << STEP];
        for (int state = 0; state < tree.length; state++) {
            for (int bits = 0; bits < 1 << STEP; bits++) {
                TRANSITIONS[(state << STEP) | bits] = transition(tree, state, bits);
            }
        }
        MAY_END = new boolean[tree.length];
        int padded = 0;
        for (int ones = 0; ones <= MOST_PADDING; ones++) {
            MAY_END[padded] = true;
            padded = tree[padded][1];
        }
    }

    private Huffman() {}

    private static int length(int symbol) {
        return symbol == END ? END_LENGTH : LENGTHS[symbol];
    }

    /** The inner nodes, each with its two children: an inner node as its number, a symbol as the complement of its number. */
    private static int[][] tree() {
        int[][] tree = new int[END][2];
        int nodes = 1;
        for (int symbol = 0; symbol <= END; symbol++) {
            int node = 0;
            for (int bit = length(symbol) - 1; bit > 0; bit--) {
                int branch = (CODES[symbol] >> bit) & 1;
                if (tree[node][branch] == 0) {
                    tree[node][branch] = nodes++;
                }
                node = tree[node][branch];
            }
            tree[node][CODES[symbol] & 1] = ~symbol;
        }
        return tree;
    }

    private static int transition(int[][] tree, int from, int bits) {
        int node = from;
        int ended = 0;
        for (int bit = STEP - 1; bit >= 0; bit--) {
            node = tree[node][(bits >> bit) & 1];
            if (node == ~END) {
                return FAULT;
            }
            if (node < 0) {
                ended = ENDS_SYMBOL | (~node << SYMBOL_SHIFT);
                node = 0;
            }
        }
        return ended | node;
    }

    /** The most octets that so many encoded octets can become. */
    static int mostDecoded(int encoded) {
        return encoded * 8 / 5;
    }

    /**
     * Decodes a range of a buffer into an array, which has room for {@link #mostDecoded}.
     *
     * @return the end of the decoded octets, or -1 when the code is malformed: it has the symbol for the end, more than
     *     seven bits of padding, or a zero in its padding
     */
    static int decode(ByteBuffer in, int from, int to, byte[] out, int start) {
        int state = 0;
        int end = start;
        for (int at = from; at < to; at++) {
            int octet = in.get(at) & 0xFF;
            for (int shift = STEP; shift >= 0; shift -= STEP) {
                int transition = TRANSITIONS[(state << STEP) | ((octet >> shift) & 0xF)];
                if (transition == FAULT) {
                    return -1;
                }
                if ((transition & ENDS_SYMBOL) != 0) {
                    out[end++] = (byte) (transition >> SYMBOL_SHIFT);
                }
                state = transition & 0xFF;
            }
        }
        return MAY_END[state] ? end : -1;
    }

    /** How many octets the encoded range has. */
    static int encodedLength(byte[] octets, int from, int to) {
        long bits = 0;
        for (int at = from; at < to; at++) {
            bits += LENGTHS[octets[at] & 0xFF];
        }
        return (int) ((bits + 7) / 8);
    }

    static void encode(byte[] octets, int from, int to, Bytes out) {
        long bits = 0; // the lowest ones wait; higher ones are old
        int waiting = 0;
        for (int at = from; at < to; at++) {
            int symbol = octets[at] & 0xFF;
            bits = (bits << LENGTHS[symbol]) | CODES[symbol];
            waiting += LENGTHS[symbol];
            while (waiting >= 8) {
                waiting -= 8;
                out.add((byte) (bits >> waiting));
            }
        }
        if (waiting > 0) {
            int padding = 8 - waiting;
            out.add((byte) ((bits << padding) | ((1 << padding) - 1)));
        }
    }
}
