package org.pollux.reactor.chaos;

/**
 * Which faults happen, and how many.
 *
 * @param seed decides which faults happen; the same seed and the same sequence of polls give the same ones
 * @param intensity from 0, no faults, to 100
 */
public record ChaosSettings(long seed, int intensity) {

    /** The intensity for a staging server: each connection meets faults, and a person hardly notices. */
    public static final int DEFAULT_INTENSITY = 20;

    public ChaosSettings {
        if (intensity < 0 || intensity > 100) {
            throw new IllegalArgumentException("The intensity is " + intensity + "; it must be from 0 to 100");
        }
    }
}
