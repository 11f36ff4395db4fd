package org.pollux.reactor.runtime.loop;

/** A source that can be ended to free the memory that it makes the server hold. For the loop's thread. */
public interface Sheddable {

    /** Whether ending it would free anything. */
    boolean isSheddable();

    /** Bytes that it holds. */
    long held();

    /** How slowly its peer changes that, see {@link LoopMemory#SLOW}. */
    double slowness(long now);

    /** Ends it. */
    void shed(long bytes);
}
