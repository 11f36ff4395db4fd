package org.pollux.http.server.routing;

/**
 * Takes the place of an absent service in {@link RouteRegistry} while its return is expected. The service keeps its paths.
 *
 * <pre>
 *   AWAITED ──(the hand-over time is over)──▶ REFUSED
 *      └─────────── back, or gone for good ─────┴──▶ removed from the routes
 * </pre>
 *
 * <p>While the service is awaited, requests for its paths wait unread. Then they get 503. From any thread.
 */
public final class Absence {

    private volatile boolean awaited = true;

    public boolean isAwaited() {
        return awaited;
    }

    /** Ends the waiting for the service. The caller must then call {@link RouteRegistry#release}. */
    public void giveUp() {
        awaited = false;
    }
}
