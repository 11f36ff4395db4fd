package org.pollux.reactor.chaos;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/** Decides which faults happen: the same seed and the same questions give the same decisions. For one thread. */
final class Dice {

    private final SplittableRandom random;
    private final int intensity;
    private final Map<Fault, Long> happened = new EnumMap<>(Fault.class);

    /**
     * The dice of one poller.
     *
     * @param number of the poller, in the order of their opening
     */
    Dice(ChaosSettings settings, int number) {
        this.random = new SplittableRandom(settings.seed() + number * 0x9E3779B97F4A7C15L);
        this.intensity = settings.intensity();
    }

    /** Whether the fault happens now. */
    boolean rolls(Fault fault) {
        boolean happens = random.nextInt(10_000) < fault.percent * intensity;
        if (happens) {
            happened.merge(fault, 1L, Long::sum);
        }
        return happens;
    }

    /** How often the fault has happened. */
    long count(Fault fault) {
        return happened.getOrDefault(fault, 0L);
    }

    /** From 1 to the limit, all with the same chance. */
    int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    /** From 1 to the limit; small numbers are as likely as large ones. */
    int fewOf(long most) {
        return upTo((int) Math.min(most, 1L << random.nextInt(17)));
    }

    /** Mixes the order of a list. */
    void shuffle(List<?> list) {
        Collections.shuffle(list, Random.from(random));
    }
}
