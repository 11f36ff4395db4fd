package org.pollux.http.server;

/** A request that waits, unread, for somebody who is away. For the connection's loop, but for {@link #run}. */
final class HeldRequest implements Runnable {

    private final Conversation conversation;
    private final long since;
    private boolean expired;

    HeldRequest(Conversation conversation, long now) {
        this.conversation = conversation;
        this.since = now;
    }

    /** From any thread: there is another table. */
    @Override
    public void run() {
        conversation.execute(conversation::lookAgain);
    }

    /** Its time is over, whatever is awaited. */
    void expire() {
        expired = true;
        conversation.lookAgain();
    }

    boolean isOver(long now, HandOver handOver) {
        return expired || now - since >= handOver.patience().toNanos();
    }
}
