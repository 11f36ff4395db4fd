package org.pollux.http.server.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a part of a file, piece by piece, as fast as the client takes it. The system sends a large part without a copy
 * through this process. A small or encoded part passes through a buffer of the loop.
 */
final class FileResponse implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FileResponse.class);

    /** The number of pieces in a row. Then the other connections have a turn, however fast this client is. */
    private static final int PIECES = 8;

    /** From this size a file is worth a system call of its own. */
    private static final int LARGE = 64 * 1024;

    /** The bytes handed to the system at once. Bytes that it does not take count when slow readers are looked for. */
    private static final int PART = 512 * 1024;

    private final FileChannel file;
    private long offset;
    private long rest;
    private final StreamedResponse to;
    private final Carrier carrier;
    private final StreamLoop loop;
    private boolean begun;

    /** Whether the system sends the file. */
    private boolean asItIs;

    FileResponse(FileChannel file, long from, long count, StreamedResponse to, Carrier carrier, StreamLoop loop) {
        this.file = file;
        this.offset = from;
        this.rest = count;
        this.to = to;
        this.carrier = carrier;
        this.loop = loop;
        to.onDrained(this);
    }

    /** Called on the loop: sends until the client is too slow. */
    @Override
    public void run() {
        if (to.isHeadOnly()) {
            to.close();
            return;
        }
        if (!begun) {
            begun = true;
            asItIs = rest > LARGE && to.beginAsItIs();
            if (!to.isOpen()) { // an interceptor has failed, and something else was sent
                return;
            }
        }
        boolean room = true;
        try {
            for (int i = 0; i < PIECES && room && rest > 0; i++) {
                room = asItIs ? transferPart() : sendPiece();
            }
        } catch (IOException e) {
            LOG.error("A file cannot be read, and its response is aborted", e);
            to.abort();
            return;
        }
        if (rest == 0 && (room || !asItIs)) { // the system needs the file until it has taken all of it
            to.close();
        } else if (room) {
            carrier.execute(this);
        }
    }

    private boolean transferPart() {
        long part = Math.min(rest, PART);
        long from = offset;
        offset += part;
        rest -= part;
        return to.transfer(file, from, part);
    }

    private boolean sendPiece() throws IOException {
        ByteBuffer piece = loop.fileBuffer();
        piece.limit((int) Math.min(rest, piece.capacity()));
        int count = file.read(piece, offset);
        if (count <= 0) {
            throw new EOFException("It ends " + rest + " bytes too early: it was changed while it was sent");
        }
        offset += count;
        rest -= count;
        return to.write(piece.flip());
    }
}
