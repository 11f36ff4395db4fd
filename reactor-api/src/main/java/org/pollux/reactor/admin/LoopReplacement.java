package org.pollux.reactor.admin;

import java.util.Optional;

/**
 * The outcome for a loop that was to get another thread.
 *
 * @param loop the name of its thread
 * @param sources how many channels continue with the new thread
 * @param givenUp the connection whose callback does not return; empty when the callback is not a connection's
 * @param outcome which of the three outcomes it was
 */
public record LoopReplacement(String loop, int sources, Optional<String> givenUp, Outcome outcome) {

    /** The three outcomes. */
    public enum Outcome {
        /** Another thread runs the loop. The old thread ends when its callback returns. */
        REPLACED,
        /** Another thread has the loop, and begins when the old thread has left the runtime's own code. */
        PENDING,
        /** The callback returned when its thread was interrupted. The loop continues as it is. */
        RETURNED
    }

    /** One line for people. */
    @Override
    public String toString() {
        return switch (outcome) {
            case RETURNED -> loop + " was interrupted and continues with its thread";
            case REPLACED ->
                loop + " has another thread: " + sources + (sources == 1 ? " source continues" : " sources continue")
                        + "; given up: " + givenUp.orElse("nothing");
            case PENDING ->
                loop + " gets another thread when the old one has left the runtime's own code; see 'pollux status'";
        };
    }
}
