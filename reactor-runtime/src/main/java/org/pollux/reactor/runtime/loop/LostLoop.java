package org.pollux.reactor.runtime.loop;

/**
 * Ends what a thread does on a loop that was taken from it: its callback did not return, and another thread turns the loop
 * now. Thrown when the callback returns after all, so that this thread touches nothing more.
 */
public final class LostLoop extends Error {

    private static final long serialVersionUID = 1;

    LostLoop() {
        super("The loop has another thread now", null, false, false);
    }
}
