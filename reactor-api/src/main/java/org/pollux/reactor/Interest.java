package org.pollux.reactor;

/**
 * The directions in which a channel is watched, or is ready. A listener's accept counts as {@link #READ}, the end of a
 * connect as {@link #WRITE}.
 */
@SuppressWarnings("EnumOrdinal") // its two bits are the two directions
public enum Interest {
    /** Neither. */
    NONE,
    /** Reading, and accepting. */
    READ,
    /** Writing, and the end of a connect. */
    WRITE,
    /** Both. */
    READ_WRITE;

    private static final Interest[] VALUES = values();

    /** The interest in these directions. */
    public static Interest of(boolean reads, boolean writes) {
        return VALUES[(reads ? 1 : 0) | (writes ? 2 : 0)];
    }

    /** Whether it includes {@link #READ}. */
    public boolean reads() {
        return (ordinal() & 1) != 0;
    }

    /** Whether it includes {@link #WRITE}. */
    public boolean writes() {
        return (ordinal() & 2) != 0;
    }

    /** The directions that both have: a readiness limited to an interest. */
    public Interest and(Interest other) {
        return VALUES[ordinal() & other.ordinal()];
    }

    /** The directions that either has. */
    public Interest or(Interest other) {
        return VALUES[ordinal() | other.ordinal()];
    }
}
