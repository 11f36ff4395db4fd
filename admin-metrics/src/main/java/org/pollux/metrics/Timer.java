package org.pollux.metrics;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Counts durations by their length. From any thread. */
@ProviderType
public interface Timer {

    /**
     * Counts a duration.
     *
     * @param labels the values of its labels, in their order
     * @throws IllegalArgumentException for another number of values
     */
    void record(Duration duration, String... labels);
}
