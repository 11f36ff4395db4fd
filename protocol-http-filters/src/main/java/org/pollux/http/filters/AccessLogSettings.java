package org.pollux.http.filters;

import java.nio.file.Path;

/**
 * Where the access log is written, and how.
 *
 * @param file its name; full ones are put aside beside it
 * @param limit bytes of a file
 * @param keep how many full files are kept
 * @param extended whether each line ends in the duration in microseconds and the request's id
 */
public record AccessLogSettings(Path file, long limit, int keep, boolean extended) {

    /**
     * Takes only what can be done.
     *
     * @throws IllegalArgumentException naming what cannot
     */
    public AccessLogSettings {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive, but is " + limit);
        }
        if (keep < 0) {
            throw new IllegalArgumentException("keep must not be negative, but is " + keep);
        }
    }

    /** Five full files of 10 MiB beside the current one. */
    public static AccessLogSettings of(Path file) {
        return new AccessLogSettings(file, 10 << 20, 5, false);
    }
}
