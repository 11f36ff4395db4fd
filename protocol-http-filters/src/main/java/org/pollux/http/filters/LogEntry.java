package org.pollux.http.filters;

/**
 * A request that was answered, as texts of which a client has written most.
 *
 * @param endMillis when, since 1970
 * @param nanos how long that took
 * @param remote the client's address
 */
record LogEntry(
        long endMillis,
        long nanos,
        String remote,
        String method,
        String target,
        String version,
        int status,
        long bytes,
        String referer,
        String agent,
        String id) {

    /** What stands for what is not there. */
    static final String NONE = "-";

    /** Wakes a writer that is to end; not written. */
    static final LogEntry END = new LogEntry(0, 0, NONE, NONE, NONE, NONE, 0, 0, NONE, NONE, NONE);
}
