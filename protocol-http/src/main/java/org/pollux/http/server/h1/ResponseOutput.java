package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.wire.Bytes;
import org.pollux.reactor.Connection;

/** How answers leave a connection, and whether it has room for more. For the loop's thread, {@link #pending} apart. */
public final class ResponseOutput {

    private final Connection connection;
    private final Http1Loop loop;

    /** Whether more waits to be sent than the high-water mark. */
    private boolean full;

    ResponseOutput(Connection connection, Http1Loop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    boolean isFull() {
        return full;
    }

    /** From any thread: bytes that wait to be sent. */
    public long pending() {
        return connection.pending();
    }

    /** Bytes that the connection has lost at its end. */
    long unsent() {
        return connection.unsent();
    }

    /** From any thread: see {@link Connection#charge}. */
    public boolean charge(long bytes) {
        return connection.charge(bytes);
    }

    /** From any thread: how many may wait before a writer is told to stop. */
    public int limit() {
        return loop.settings().connection().outbound();
    }

    /** Sends a whole answer; nothing is allocated when its body is small. */
    void send(OutgoingResponse answer, boolean last, byte[] body) {
        fill(loop.writer().write(connection, answer, last, body));
    }

    void send(OutgoingResponse answer, boolean last, ByteBuffer body) {
        fill(loop.writer().write(connection, answer, last, body));
    }

    /** Sends the answer to HEAD when it is not known how long its body would be. */
    void sendHeadOnly(OutgoingResponse answer, boolean last) {
        fill(loop.writer().writeHeadOnly(connection, answer, last));
    }

    /** Sends the head of an answer whose body follows in pieces; a length of -1 is not known. */
    void begin(OutgoingResponse answer, boolean last, long length) {
        fill(loop.writer().writeHead(connection, answer, last, length));
    }

    /** Sends a piece; false when there is no more room. */
    public boolean write(BodyFraming framing, ByteBuffer data) {
        fill(loop.writer().writeBody(connection, framing, data));
        return !full;
    }

    /** Sends a part of a file; false when it is to stay open, and the writer to wait, until there is room again. */
    public boolean transfer(FileChannel file, long from, long count) {
        fill(connection.transfer(file, from, count));
        return !full;
    }

    void finish(BodyFraming framing, Bytes trailers) {
        if (framing == BodyFraming.CHUNKED) {
            fill(loop.writer().writeLastChunk(connection, trailers));
        }
    }

    /** Asks a client for the body that it waits with. */
    void sendContinue() {
        loop.writer().writeContinue(connection);
    }

    private void fill(boolean room) {
        full = !room;
        if (full) {
            loop.slowReaders().watch(connection);
        }
    }

    /** The connection has room again. */
    void drained() {
        full = false;
        loop.slowReaders().forget(connection);
    }

    /** The connection closes when all is sent; without linger when the client is known to send nothing more. */
    void close(boolean linger) {
        if (linger) {
            connection.close();
        } else {
            connection.closeWithoutLinger();
        }
        if (connection.pending() > 0) {
            loop.slowReaders().watch(connection);
        }
    }

    /** The connection is gone. */
    void gone() {
        loop.slowReaders().forget(connection);
    }
}
