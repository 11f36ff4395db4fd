package org.pollux.http.filters;

import java.nio.file.Path;

/**
 * The file of the access log, and its form.
 *
 * @param file the name of the file; full files are renamed and stay in the same folder
 * @param limit bytes of a file
 * @param keep how many full files are kept
 * @param extended whether each line ends with the duration in microseconds and the id of the request
 */
public record AccessLogSettings(Path file, long limit, int keep, boolean extended) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with the bad value
     */
    public AccessLogSettings {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive, but is " + limit);
        }
        if (keep < 0) {
            throw new IllegalArgumentException("keep must not be negative, but is " + keep);
        }
    }

    /** Five full files of 10 MiB in addition to the current one. */
    public static AccessLogSettings of(Path file) {
        return new AccessLogSettings(file, 10 << 20, 5, false);
    }
}
