package org.pollux.http.multipart;

import java.nio.ByteBuffer;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.Request;

/**
 * Reads the form of a request in pieces, on the thread of the connection's reactor.
 *
 * <pre>
 *   Multipart.read(request, MultipartLimits.defaults(), new MultipartHandler() { ... });
 * </pre>
 */
public final class Multipart {

    private Multipart() {}

    /**
     * Asks for the body of a request. The callbacks follow as those of {@link org.pollux.http.RequestBody#read} do. When one
     * throws, the server responds as it does for a {@link BodyHandler}. {@link org.pollux.http.RequestBody#pause} holds the
     * client back; up to 64 KiB that were read already may follow.
     *
     * @throws org.pollux.http.HttpException with status 415 when the body is not {@code multipart/form-data}, and 400 when
     *     {@code Content-Type} is malformed. When the body is, the server responds with 400; at a limit with 413
     * @throws IllegalStateException when the body was asked for already
     */
    public static void read(Request request, MultipartLimits limits, MultipartHandler handler) {
        MultipartParser parser =
                MultipartParser.of(request.headers().first("Content-Type").orElse(""), limits, handler);
        request.body().read(new BodyHandler() {
            @Override
            public void onData(ByteBuffer in) throws Exception {
                parser.parse(in);
            }

            @Override
            public void onEnd(Headers trailers) throws Exception {
                parser.end();
            }

            @Override
            public void onFailed(Throwable cause) {
                handler.onFailed(cause);
            }
        });
    }
}
