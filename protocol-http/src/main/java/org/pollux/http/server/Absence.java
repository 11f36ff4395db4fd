package org.pollux.http.server;

/**
 * Stands in {@link Routes} for a service that is away and expected back: its paths stay its own.
 *
 * <pre>
 *   AWAITED ──(the hand-over time is over)──▶ REFUSED
 *      └─────────── back, or gone for good ─────┴──▶ removed from the routes
 * </pre>
 *
 * <p>While it is awaited, requests for its paths wait unread; then they get 503. From any thread.
 */
final class Absence {

    private volatile boolean awaited = true;

    boolean isAwaited() {
        return awaited;
    }

    /** No request waits for it from now on; to be followed by {@link Routes#release}. */
    void giveUp() {
        awaited = false;
    }
}
