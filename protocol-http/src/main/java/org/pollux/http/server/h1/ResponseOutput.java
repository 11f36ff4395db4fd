package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.http.server.exchange.Carrier;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.wire.Bytes;
import org.pollux.reactor.Connection;

/** Writes responses to a connection, and knows whether it has room for more. For the loop's thread. */
final class ResponseOutput {

    private final Connection connection;
    private final Http1Loop loop;

    /** How the client finds the end of the body of the present response in pieces. */
    private BodyFraming framing = BodyFraming.NONE;

    /** Whether more bytes wait to be sent than the high-water mark. */
    private boolean full;

    ResponseOutput(Connection connection, Http1Loop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    /** The writer, for the loop's thread only. A thread whose interceptor did not return may have lost the loop. */
    private ResponseWriter writer() {
        if (!connection.reactor().inLoop()) {
            throw new IllegalStateException("An interceptor did not return, and its loop has another thread now");
        }
        return loop.writer();
    }

    boolean isFull() {
        return full;
    }

    /** The bytes that were not sent when the connection ended. */
    long unsent() {
        return connection.unsent();
    }

    /** Sends a whole response; nothing is allocated when its body is small. */
    void send(OutgoingResponse response, boolean last, byte[] body) {
        fill(writer().write(connection, response, last, body));
    }

    void send(OutgoingResponse response, boolean last, ByteBuffer body) {
        fill(writer().write(connection, response, last, body));
    }

    /** Sends the head of a response whose body follows in pieces. */
    void begin(OutgoingResponse response, boolean last, long length, BodyFraming seen) {
        framing = seen;
        fill(
                length == Carrier.UNTOLD
                        ? writer().writeHeadOnly(connection, response, last)
                        : writer().writeHead(connection, response, last, length));
    }

    /** Sends a piece; false when there is no more room. */
    boolean write(ByteBuffer data) {
        fill(writer().writeBody(connection, framing, data));
        return !full;
    }

    /** Sends a part of a file; false when the file must stay open, and the writer must wait, until there is room again. */
    boolean transfer(FileChannel file, long from, long count) {
        fill(connection.transfer(file, from, count));
        return !full;
    }

    void finish(Bytes trailers) {
        if (framing == BodyFraming.CHUNKED) {
            fill(writer().writeLastChunk(connection, trailers));
        }
    }

    /** Sends an interim response. */
    void inform(int status, Bytes fields) {
        fill(writer().writeInterim(connection, status, fields));
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

    /** Closes the connection when everything is sent; without linger when the client is known to send nothing more. */
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

    /** The connection has closed. */
    void gone() {
        loop.slowReaders().forget(connection);
    }
}
