package org.pollux.http.server.exchange;

import java.io.IOException;
import org.pollux.http.Request;

/**
 * The life of an exchange as its body and its response see it: whether it continues, and the events that end it. For the
 * loop's thread.
 */
interface Lifecycle {

    /** The request that interceptors receive. */
    Request request();

    /** Whether its response is not complete yet, and can still be completed. */
    boolean isResponding();

    /** Whether its response is expected, and nothing of it was sent yet. */
    boolean isUnsent();

    /** A callback of the handler has thrown, or an interceptor of its response in pieces. */
    void handlerFailed(Throwable fault);

    /** An interceptor of its whole response has thrown, so nothing of it was sent. */
    void interceptorFailed(Throwable fault);

    /** The body cannot be read to its end. The status is sent, or the response is aborted when it has begun. */
    void bodyFailed(int status, IOException cause);

    /** The head that accepts another protocol was sent: the bytes that come are that protocol's. */
    void upgraded();

    /** The response is aborted. */
    void abort(Throwable cause);

    /** The whole response was handed to the carrier. */
    void complete(int status, long sent);
}
