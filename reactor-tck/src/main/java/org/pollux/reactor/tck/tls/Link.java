package org.pollux.reactor.tck.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CipherStream;

/**
 * The stream below the tested session, in memory. It gives and takes pieces of the size that a test wants, is full when the test
 * wants, ends, and fails.
 */
final class Link implements CipherStream {

    private byte[] incoming = {};
    private byte[] outgoing = {};
    private boolean ended;
    private int pieceIn = Integer.MAX_VALUE;
    private int pieceOut = Integer.MAX_VALUE;
    private int room = Integer.MAX_VALUE;
    private @Nullable Exception readFault;
    private @Nullable Exception writeFault;
    private boolean gaveNothing;
    private boolean wasFull;

    // ---- what the tested session calls

    @Override
    public int read(ByteBuffer target) throws IOException {
        fail(readFault);
        int count = Math.min(Math.min(incoming.length, pieceIn), target.remaining());
        gaveNothing = count == 0;
        if (count == 0 && incoming.length == 0 && ended) {
            return -1;
        }
        target.put(incoming, 0, count);
        incoming = Arrays.copyOfRange(incoming, count, incoming.length);
        return count;
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        fail(writeFault);
        int most = Math.min(pieceOut, room);
        int taken = 0;
        int asked = 0;
        for (int i = from; i < from + count; i++) {
            asked += data[i].remaining();
            byte[] some = new byte[Math.min(data[i].remaining(), most - taken)];
            data[i].get(some);
            outgoing = joined(outgoing, some);
            taken += some.length;
        }
        if (room != Integer.MAX_VALUE) {
            room -= taken;
        }
        wasFull = taken < asked;
        return taken;
    }

    private static void fail(@Nullable Exception fault) throws IOException {
        switch (fault) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(fault);
        }
    }

    // ---- what the test does

    /** Bytes of the peer. */
    void arrive(byte[] bytes) {
        incoming = joined(incoming, bytes);
    }

    /** The peer's FIN, after what has arrived. */
    void end() {
        ended = true;
    }

    /** Takes everything that the tested session has written. */
    byte[] takeSent() {
        byte[] all = outgoing;
        outgoing = new byte[0];
        return all;
    }

    int sent() {
        return outgoing.length;
    }

    int waiting() {
        return incoming.length;
    }

    /** From now on, each read gives this at most. */
    Link readsAtMost(int bytes) {
        pieceIn = bytes;
        return this;
    }

    /** From now on, each write takes this at most. */
    Link writesAtMost(int bytes) {
        pieceOut = bytes;
        return this;
    }

    /** From now on, this many bytes are taken in all, and then none. */
    Link room(int bytes) {
        room = bytes;
        return this;
    }

    void failReads(@Nullable Exception fault) {
        readFault = fault;
    }

    void failWrites(@Nullable Exception fault) {
        writeFault = fault;
    }

    /** Whether the last read found nothing. */
    boolean gaveNothing() {
        return gaveNothing;
    }

    /** Whether the last write took less than everything. */
    boolean wasFull() {
        return wasFull;
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
