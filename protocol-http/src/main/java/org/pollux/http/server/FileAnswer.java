package org.pollux.http.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a part of a file, piece by piece through a buffer of the loop's, as fast as the client takes it. */
final class FileAnswer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FileAnswer.class);

    /** So many pieces in a row, for the other connections want their turn however fast this client is. */
    private static final int PIECES = 8;

    private final FileChannel file;
    private long place;
    private long rest;
    private final StreamedAnswer to;
    private final Conversation conversation;

    FileAnswer(FileChannel file, long from, long count, StreamedAnswer to, Conversation conversation) {
        this.file = file;
        this.place = from;
        this.rest = count;
        this.to = to;
        this.conversation = conversation;
        to.onDrained(this);
    }

    /** On the loop: goes on, until the client holds it back. */
    @Override
    public void run() {
        if (to.isHeadOnly()) {
            to.close();
            return;
        }
        boolean room = true;
        try {
            for (int i = 0; i < PIECES && room && rest > 0; i++) {
                room = sendPiece();
            }
        } catch (IOException e) {
            LOG.error("A file cannot be read, and its answer is cut off", e);
            to.abort();
            return;
        }
        if (rest == 0) {
            to.close();
        } else if (room) {
            conversation.execute(this);
        }
    }

    private boolean sendPiece() throws IOException {
        ByteBuffer piece = conversation.loop().fileBuffer();
        piece.limit((int) Math.min(rest, piece.capacity()));
        int count = file.read(piece, place);
        if (count <= 0) {
            throw new EOFException("It ends " + rest + " bytes too early: it was changed while it was sent");
        }
        place += count;
        rest -= count;
        return to.write(piece.flip());
    }
}
