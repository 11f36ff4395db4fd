package org.pollux.reactor;

/**
 * What a channel is watched for, and what it is ready for. A listener's accept counts as {@link #READ}, a connect's end
 * as {@link #WRITE}.
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

    /** Whether {@link #READ} is in it. */
    public boolean reads() {
        return (ordinal() & 1) != 0;
    }

    /** Whether {@link #WRITE} is in it. */
    public boolean writes() {
        return (ordinal() & 2) != 0;
    }

    /** What both have in common: a readiness cut down to what was asked. */
    public Interest and(Interest other) {
        return VALUES[ordinal() & other.ordinal()];
    }

    /** What either has. */
    public Interest or(Interest other) {
        return VALUES[ordinal() | other.ordinal()];
    }
}
