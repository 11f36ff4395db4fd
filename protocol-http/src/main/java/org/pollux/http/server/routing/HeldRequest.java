package org.pollux.http.server.routing;

import org.pollux.http.server.h1.Http1Conversation;

/** A request that waits, unread, for somebody who is away. For the connection's loop, but for {@link #run}. */
public final class HeldRequest implements Runnable {

    private final Http1Conversation conversation;
    private final long since;
    private boolean expired;

    public HeldRequest(Http1Conversation conversation, long now) {
        this.conversation = conversation;
        this.since = now;
    }

    /** From any thread: there is another table. */
    @Override
    public void run() {
        conversation.execute(conversation::lookAgain);
    }

    /** Its time is over, whatever is awaited. */
    public void expire() {
        expired = true;
        conversation.lookAgain();
    }

    public boolean isOver(long now, HandOver handOver) {
        return expired || now - since >= handOver.patience().toNanos();
    }
}
