package org.pollux.http;

/**
 * Ends a request with an error status. When a handler, a filter or a callback of a body throws it and nothing of the
 * response was sent, the server responds as {@link Response#sendError} does. Usually the client caused the error, so it
 * is logged at debug level only.
 *
 * <pre>
 *   throw new HttpException(400, "The parameter 'page' is not a number");
 * </pre>
 */
public final class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

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
    }

    /** The status of the response, 400 to 599. */
    public int status() {
        return status;
    }
}
