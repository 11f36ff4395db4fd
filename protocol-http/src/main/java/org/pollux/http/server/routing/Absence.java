package org.pollux.http.server.routing;

/**
 * Stands in {@link RouteRegistry} for a service that is away and expected back: its paths stay its own.
 *
 * <pre>
 *   AWAITED ──(the hand-over time is over)──▶ REFUSED
 *      └─────────── back, or gone for good ─────┴──▶ removed from the routes
 * </pre>
 *
 * <p>While it is awaited, requests for its paths wait unread; then they get 503. From any thread.
 */
public final class Absence {

    private volatile boolean awaited = true;

    public boolean isAwaited() {
        return awaited;
    }

    /** No request waits for it from now on; to be followed by {@link RouteRegistry#release}. */
    public void giveUp() {
        awaited = false;
    }
}
