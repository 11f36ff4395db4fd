package org.pollux.reactor.chaos;

/** How many bytes one direction of a stream moves at once: all, a part, or one byte for some calls. */
final class Portions {

    /** So many calls in a row move one byte at most. */
    private static final int MOST_SINGLES = 64;

    private final Dice dice;
    private int singles;

    Portions(Dice dice) {
        this.dice = dice;
    }

    /** At least 1, if there is something to move. */
    long of(long most) {
        if (most <= 1) {
            return most;
        }
        if (singles == 0 && dice.rolls(Fault.SINGLE_BYTES)) {
            singles = dice.upTo(MOST_SINGLES);
        }
        if (singles > 0) {
            singles--;
            return 1;
        }
        return dice.rolls(Fault.SHORT) ? dice.fewOf(most) : most;
    }
}
