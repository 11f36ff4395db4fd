package org.pollux.http.server.routing;

import org.pollux.http.server.exchange.Carrier;

/** A request that waits, unread, for an absent service. For the connection's loop, except for {@link #run}. */
public final class HeldRequest implements Runnable {

    private final Carrier carrier;
    private final Runnable lookAgain;
    private final long since;
    private boolean expired;

    /**
     * Begins to wait.
     *
     * @param lookAgain run on the loop when the request may be served, or must continue to wait
     */
    public HeldRequest(Carrier carrier, Runnable lookAgain, long now) {
        this.carrier = carrier;
        this.lookAgain = lookAgain;
        this.since = now;
    }

    /** From any thread: the table has changed. */
    @Override
    public void run() {
        carrier.execute(lookAgain);
    }

    /** Its time is over, even if a service is still awaited. */
    public void expire() {
        expired = true;
        lookAgain.run();
    }

    public boolean isOver(long now, HandOver handOver) {
        return expired || now - since >= handOver.patience().toNanos();
    }
}
