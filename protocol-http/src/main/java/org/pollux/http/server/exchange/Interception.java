package org.pollux.http.server.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.BodyEncoder;
import org.pollux.http.Request;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.wire.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interceptors of one response, and the encoders that they have added. For the loop's thread, except for {@link #add}.
 */
final class Interception {

    private static final Logger LOG = LoggerFactory.getLogger(Interception.class);

    private final List<ResponseInterceptor> interceptors = new ArrayList<>(2);
    private final List<BodyEncoder> encoders = new ArrayList<>(1);
    private boolean begun;

    void clear() {
        if (!interceptors.isEmpty()) {
            interceptors.clear();
        }
        begun = false;
    }

    /** Called on the handler's thread, while the response is open. */
    void add(ResponseInterceptor interceptor) {
        interceptors.add(interceptor);
    }

    boolean isEmpty() {
        return interceptors.isEmpty();
    }

    /**
     * Shows the head to all interceptors, once. When an interceptor fails, the response that is sent instead is not shown.
     *
     * @param length of the body, -1 when it is not known
     */
    void head(Request request, OutgoingResponse response, long length) {
        if (begun || interceptors.isEmpty()) {
            return;
        }
        begun = true;
        InterceptedHead head = new InterceptedHead(request, response, length, encoders);
        try {
            for (int i = interceptors.size() - 1; i >= 0; i--) {
                interceptors.get(i).onHead(head);
            }
        } finally {
            head.end();
        }
    }

    boolean encodes() {
        return !encoders.isEmpty();
    }

    /** Drops the encoders, because the response has no body of HTTP, or is replaced. */
    void dropEncoders() {
        for (int i = 0; i < encoders.size(); i++) {
            close(encoders.get(i));
        }
        encoders.clear();
    }

    private static void close(BodyEncoder encoder) {
        try {
            encoder.close();
        } catch (RuntimeException | Error fault) {
            LOG.error("The encoder {} failed in close", encoder.getClass().getName(), fault);
        }
    }

    /** Shows a whole response, and encodes it. */
    ByteBuffer whole(Request request, OutgoingResponse response, ByteBuffer body) {
        head(request, response, body.remaining());
        return encodes() && !response.isBodyless() ? encodeWhole(body) : body;
    }

    /** Shows a response of the server itself. It is not encoded, and it is sent even if an interceptor throws. */
    void ownHead(Request request, OutgoingResponse response, long length) {
        dropEncoders();
        try {
            head(request, response, length);
        } catch (RuntimeException | Error fault) {
            LOG.error("An interceptor failed at a response of the server's own", fault);
        }
        dropEncoders();
    }

    private ByteBuffer encodeWhole(ByteBuffer body) {
        Bytes encoded = new Bytes(body.remaining() / 2);
        encode(body, encoded::add);
        finish(encoded::add);
        return encoded.content();
    }

    void encode(ByteBuffer body, Consumer<ByteBuffer> out) {
        pass(0, body, out);
    }

    void flush(Consumer<ByteBuffer> out) {
        for (int i = 0; i < encoders.size(); i++) {
            pass(i + 1, encoders.get(i).flush(), out);
        }
    }

    void finish(Consumer<ByteBuffer> out) {
        for (int i = 0; i < encoders.size(); i++) {
            pass(i + 1, encoders.get(i).finish(), out);
        }
    }

    private void pass(int from, ByteBuffer body, Consumer<ByteBuffer> out) {
        ByteBuffer encoded = body;
        for (int i = from; i < encoders.size(); i++) {
            encoded = encoders.get(i).encode(encoded);
        }
        if (encoded.hasRemaining()) {
            out.accept(encoded);
        }
    }

    /** The response has ended. Each interceptor is called, even if another one throws. */
    void end(Request request, int status, long bytes, @Nullable Throwable failure) {
        if (interceptors.isEmpty()) {
            return; // the usual case; then there are no encoders
        }
        dropEncoders();
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ResponseInterceptor interceptor = interceptors.get(i);
            try {
                interceptor.onEnd(request, status, bytes, failure);
            } catch (RuntimeException | Error fault) {
                LOG.error(
                        "The interceptor {} failed in onEnd",
                        interceptor.getClass().getName(),
                        fault);
            }
        }
        interceptors.clear();
    }
}
