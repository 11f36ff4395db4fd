package org.pollux.http.server.exchange;

import java.io.IOException;
import org.pollux.http.Request;

/** The life of an exchange as its body and its response see it: whether it goes on, and what ends it. For the loop's thread. */
interface Lifecycle {

    /** For interceptors. */
    Request request();

    /** Whether its response is not complete yet, and can still be. */
    boolean isResponding();

    /** Whether nothing of its response has left yet, though it is waited for. */
    boolean isUnsent();

    /** A callback of the handler, or of somebody who intercepts its response in pieces, has thrown. */
    void handlerFailed(Throwable fault);

    /** Somebody who intercepts its whole response has thrown, so that nothing of it was sent. */
    void interceptorFailed(Throwable fault);

    /** The body cannot be read to its end: that status is sent, or the response aborted when it has begun. */
    void bodyFailed(int status, IOException cause);

    /** The response is given up. */
    void abort(Throwable cause);

    /** All of the response was handed to the carrier. */
    void complete(int status, long sent);
}
