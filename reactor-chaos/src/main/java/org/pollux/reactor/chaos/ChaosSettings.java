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

    private static final int[] INTENSITIES = {100, 40, 20, 70, 10};

    public ChaosSettings {
        if (intensity < 0 || intensity > 100) {
            throw new IllegalArgumentException("The intensity is " + intensity + "; it must be from 0 to 100");
        }
    }

    /** Settings for a run of tests with a seed: the intensity depends on it too. */
    public static ChaosSettings of(long seed) {
        return new ChaosSettings(seed, INTENSITIES[(int) Math.floorMod(seed, (long) INTENSITIES.length)]);
    }
}
