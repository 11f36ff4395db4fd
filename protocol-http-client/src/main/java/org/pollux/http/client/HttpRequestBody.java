package org.pollux.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The body of a request: bytes, a file, or what a program produces while it is sent.
 *
 * <p>A body of known length is sent with {@code Content-Length}. Any other is sent in chunks by HTTP/1.1, and in DATA frames
 * by HTTP/2. A server that speaks HTTP/1.0 only does not read chunks.
 *
 * <p>A request is sent again after a redirect with 307 or 308, when a kept connection was closed before a response came, and
 * when a server has refused it unseen. Then {@link #open} is called again. A body that cannot be replayed fails the request
 * instead, if it was opened.
 */
@ConsumerType
public interface HttpRequestBody {

    /** No body. */
    static HttpRequestBody none() {
        return Bodies.NONE;
    }

    /** The buffer's remaining bytes, which must not change before the exchange is over. */
    static HttpRequestBody of(ByteBuffer bytes) {
        return new Bodies.Memory(bytes.asReadOnlyBuffer().slice());
    }

    /** The bytes of an array, which must not change before the exchange is over. */
    static HttpRequestBody of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /**
     * The bytes of a file, in the length that it has now. It can be replayed. The reactor's thread reads it in pieces, as far as
     * the server takes them. A file that becomes shorter meanwhile fails the request.
     *
     * @throws IOException when the file cannot be read, or is not a regular file: a pipe and a device have no length
     */
    static HttpRequestBody file(Path file) throws IOException {
        long size = Files.size(file);
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "it is not a regular file: send it as a stream");
        }
        return new FileSource(file, size);
    }

    /**
     * What a stream delivers until its end, in unknown length. It can be sent once. A thread of its own reads the stream, waits
     * while the server does not keep up, and closes the stream. A stream that was not begun, because its request ended before, is
     * not closed.
     */
    static HttpRequestBody from(InputStream in) {
        return new StreamSource(in);
    }

    /** Its length in bytes; empty when it is not known before the end. */
    OptionalLong length();

    /** Whether {@link #open} may be called more than once, for the same bytes each time. */
    boolean isReplayable();

    /**
     * Begins to produce the bytes, in this call or later, on any thread. Called on the reactor's thread, when the head of the
     * request has been written, and with {@link HttpRequest#withExpectContinue} when the server wants the body.
     *
     * @param stream takes the bytes; it must be closed or aborted in the end
     * @throws IOException when nothing can be produced; the request fails with it
     */
    void open(HttpRequestStream stream) throws IOException;
}
