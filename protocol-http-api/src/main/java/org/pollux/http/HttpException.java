package org.pollux.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with an error status. When a handler, a filter or a callback of a body throws it and nothing of the
 * response was sent, the server responds as {@link Response#sendError} does. Usually the client caused the error, so it
 * is logged at debug level only.
 *
 * <pre>
 *   throw new HttpException(403, "The session is of another address");            // the client sees 403 only
 *   throw new HttpException(Problem.of(409, "The order was sent already"));        // the client sees the sentence too
 * </pre>
 */
public final class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient @Nullable Problem problem;

    /**
     * Makes one.
     *
     * @param status 400 to 599
     * @param message for the log; the client does not see it
     * @throws IllegalArgumentException for any other status
     */
    public HttpException(int status, String message) {
        super(message);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of an error is from 400 to 599, but this is " + status);
        }
        this.status = status;
        this.problem = null;
    }

    /**
     * Makes one whose cause the client is told.
     *
     * @param problem says the status too
     */
    public HttpException(Problem problem) {
        super(problem.toString());
        this.status = problem.status();
        this.problem = problem;
    }

    /** The status of the response, 400 to 599. */
    public int status() {
        return status;
    }

    /** What the client is told beside the status; empty when it is told nothing. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
