package org.pollux.http;

import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The head of a response that is about to be sent, for a {@link ResponseInterceptor}. It is valid during the call and
 * on its thread: elsewhere and afterwards every method, also of its {@link #headers}, throws
 * {@link IllegalStateException}.
 */
@ProviderType
public interface ResponseHead {

    /** The request of this response. It may be read. */
    Request request();

    int status();

    /** The fields so far, without those that the server itself adds: {@code Date} and the framing. */
    Headers headers();

    /** The length of the body as the handler gives it; empty when it is not known yet. */
    OptionalLong length();

    /**
     * Adds a field, as {@link Response#header} does.
     *
     * @return this head
     */
    ResponseHead header(String name, String value);

    /**
     * Sets a field and replaces all fields of that name, as {@link Response#setHeader} does.
     *
     * @return this head
     */
    ResponseHead setHeader(String name, String value);

    /**
     * Removes all fields of that name; names are compared without regard to case.
     *
     * @return this head
     */
    ResponseHead removeHeader(String name);

    /**
     * Sends the body through an encoder. The server frames the result; the caller sets {@code Content-Encoding},
     * {@code Vary} and {@code ETag}. With several encoders the first one gets the handler's bytes. The encoder is not
     * called for a response without a body: to HEAD, and with status 204, 205 or 304.
     *
     * @return this head
     */
    ResponseHead encode(BodyEncoder encoder);
}
