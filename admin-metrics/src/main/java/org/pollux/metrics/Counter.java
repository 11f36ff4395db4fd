package org.pollux.metrics;

import org.osgi.annotation.versioning.ProviderType;

/** A number that only grows. From any thread; a call takes no lock. */
@ProviderType
public interface Counter {

    /**
     * Adds to the number.
     *
     * @param count at least 0
     * @param labels the values of its labels, in their order
     * @throws IllegalArgumentException for another number of values, and when the count is negative
     */
    void add(long count, String... labels);
}
