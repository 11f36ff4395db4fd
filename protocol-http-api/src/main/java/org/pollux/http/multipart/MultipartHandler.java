package org.pollux.http.multipart;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the parts of a form as they come.
 *
 * <pre>
 *   ( onPart → onData* → onPartEnd )* → ( onEnd | onFailed )
 * </pre>
 *
 * <p>A callback that throws ends the form, and no other callback follows: the exception is that of the caller of {@link
 * MultipartParser#parse}. {@link Multipart#read} says what its caller does with it.
 */
@ConsumerType
public interface MultipartHandler {

    /** A part begins. */
    void onPart(PartHead part) throws Exception;

    /**
     * Bytes of the part's content have come. How the content is cut into pieces means nothing.
     *
     * @param data at least one byte, valid during the call only, and to be read from only; the bytes that are left are dropped
     */
    void onData(ByteBuffer data) throws Exception;

    /** The content of the part is complete. */
    default void onPartEnd() throws Exception {}

    /** The form is complete. */
    void onEnd() throws Exception;

    /**
     * The form does not become complete, because the client has disconnected, or the body was refused; see {@link
     * org.pollux.http.BodyHandler#onFailed}. A {@link MultipartParser} by itself never calls this.
     */
    default void onFailed(Throwable cause) {}
}
