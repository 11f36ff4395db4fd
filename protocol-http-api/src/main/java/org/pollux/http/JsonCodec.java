package org.pollux.http;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns JSON (RFC 8259) into objects and back. It is a service, so a handler does not choose the library: {@code
 * protocol-http-json-jackson} registers one. From any thread.
 *
 * <pre>
 *   public record Order(String item, int count) {}
 *
 *   json.read(request, 64 * 1024, Order.class, order -&gt; json.send(response, accept(order)));
 * </pre>
 */
@ConsumerType
public interface JsonCodec {

    /** Takes an object that was read. */
    @FunctionalInterface
    interface Reader<T> {

        /**
         * Called once, on the thread of the connection's reactor.
         *
         * @throws Exception is treated as one of {@link WholeBodyHandler}
         */
        void onRead(T value) throws Exception;
    }

    /**
     * Reads a JSON text.
     *
     * @param json UTF-8; read to its limit when this returns
     * @param type a class with a public form, such as a record; for a list, an array of it
     * @throws HttpException with status 400, and a {@link Problem} with the place, when it is not JSON, or not of that type, or
     *     beyond a limit of the codec
     * @throws IllegalArgumentException when the type, or that of a member, can be read from no JSON at all
     */
    <T> T read(ByteBuffer json, Class<T> type);

    /**
     * Writes an object as JSON, in UTF-8.
     *
     * @throws IllegalArgumentException when the object cannot be written
     */
    byte[] write(Object value);

    /**
     * Reads the body of a request. The server responds with 413 to a longer body, and with 400 to one that cannot be read.
     *
     * @param limit bytes of the body
     * @throws HttpException with status 415 when {@code Content-Type} does not say that the body is JSON
     * @throws IllegalStateException when the body was asked for already
     */
    default <T> void read(Request request, int limit, Class<T> type, Reader<? super T> reader) {
        String media = request.headers().first("Content-Type").orElse("");
        String essence = media.split(";", 2)[0].strip();
        if (!essence.equalsIgnoreCase("application/json")
                && !essence.regionMatches(true, essence.length() - 5, "+json", 0, 5)) {
            throw new HttpException(Problem.of(415, "The body is '" + media + "', and not application/json"));
        }
        request.body().readAll(limit, body -> reader.onRead(read(body, type)));
    }

    /** Sends an object as the body of a response, with {@code Content-Type: application/json}. */
    default void send(Response response, Object value) {
        byte[] body = write(value);
        response.setHeader("Content-Type", "application/json").send(body);
    }
}
