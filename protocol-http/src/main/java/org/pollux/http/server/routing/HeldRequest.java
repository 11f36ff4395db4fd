package org.pollux.http.server.routing;

import org.pollux.http.server.exchange.Carrier;

/** A request that waits, unread, for somebody who is away. For the connection's loop, but for {@link #run}. */
public final class HeldRequest implements Runnable {

    private final Carrier carrier;
    private final Runnable lookAgain;
    private final long since;
    private boolean expired;

    /**
     * Begins to wait.
     *
     * @param lookAgain run on the loop when it may be served, or waits on
     */
    public HeldRequest(Carrier carrier, Runnable lookAgain, long now) {
        this.carrier = carrier;
        this.lookAgain = lookAgain;
        this.since = now;
    }

    /** From any thread: there is another table. */
    @Override
    public void run() {
        carrier.execute(lookAgain);
    }

    /** Its time is over, whatever is awaited. */
    public void expire() {
        expired = true;
        lookAgain.run();
    }

    public boolean isOver(long now, HandOver handOver) {
        return expired || now - since >= handOver.patience().toNanos();
    }
}
