package org.pollux.reactor.admin;

import java.util.Optional;

/**
 * What became of a loop that was to get another thread.
 *
 * @param loop the name of its thread
 * @param sources channels that go on with the new thread
 * @param givenUp the connection whose callback does not return; empty when the callback is not a connection's
 * @param outcome which of the three it was
 */
public record LoopReplacement(String loop, int sources, Optional<String> givenUp, Outcome outcome) {

    /** What can become of it. */
    public enum Outcome {
        /** Another thread turns the loop. The one before ends when its callback returns. */
        REPLACED,
        /** Another thread has the loop, and begins when the one before has left the runtime's own code. */
        PENDING,
        /** The callback returned when its thread was interrupted. The loop goes on as it is. */
        RETURNED
    }

    /** One line for people. */
    @Override
    public String toString() {
        return switch (outcome) {
            case RETURNED -> loop + " was interrupted and goes on with its thread";
            case REPLACED ->
                loop + " has another thread: " + sources + (sources == 1 ? " source goes" : " sources go")
                        + " on; given up: " + givenUp.orElse("nothing");
            case PENDING ->
                loop
                        + " gets another thread as soon as the one before is outside the runtime's own code; 'pollux status'"
                        + " tells";
        };
    }
}
