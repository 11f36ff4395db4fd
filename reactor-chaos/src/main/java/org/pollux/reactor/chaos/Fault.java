package org.pollux.reactor.chaos;

/**
 * The faults that a poller injects. The contract of {@code org.pollux.reactor.spi} allows each of them.
 *
 * <p>The number says how often of a hundred chances a fault happens at full intensity.
 */
enum Fault {
    /** A source that was ready a moment ago, or was just added, is told although it is not ready (P5). */
    SPURIOUS(20),

    /** A wait ends early, because such a source is told. */
    EARLY_WAKE(20),

    /** A source that becomes ready is told some turns later. The connections of a listener then come in a burst. */
    LATE(30),

    /** A poll takes up to half a millisecond longer. */
    DELAY(5),

    /** A read, a write or a file transfer of a stream moves only a part (P19, P20, P22). */
    SHORT(40),

    /** The next reads or writes of a stream move one byte each. */
    SINGLE_BYTES(5),

    /** A write to a stream takes nothing, although the system has room. */
    REFUSED(10),

    /** A poll takes bytes from a stream before they are read (P25). */
    AHEAD(30),

    /** A stream is received ahead although nobody is interested in its bytes (P25). */
    EAGER(30),

    /** The next poll sends what is written to a stream now (P26). */
    UNSENT(30);

    final int percent;

    Fault(int percent) {
        this.percent = percent;
    }
}
