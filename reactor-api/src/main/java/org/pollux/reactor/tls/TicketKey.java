package org.pollux.reactor.tls;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A key that encrypts the tickets with which sessions are resumed (RFC 5077 section 4). Servers that share a key resume
 * one another's sessions.
 *
 * <p>Its {@value #BYTES} octets are those of the files that nginx and HAProxy use: 16 that name the key, 32 for the HMAC, 32 for
 * AES-256. Make one with {@code openssl rand 80}.
 */
public final class TicketKey {

    /** The length of a key. */
    public static final int BYTES = 80;

    private final byte[] octets;

    /**
     * Copies them.
     *
     * @throws IllegalArgumentException when there are not {@value #BYTES}
     */
    public TicketKey(byte[] octets) {
        if (octets.length != BYTES) {
            throw new IllegalArgumentException("A ticket key has " + BYTES + " bytes, but this one has " + octets.length
                    + "; make one with: openssl rand " + BYTES);
        }
        this.octets = octets.clone();
    }

    /** A new one. */
    public static TicketKey random() {
        byte[] octets = new byte[BYTES];
        new SecureRandom().nextBytes(octets);
        return new TicketKey(octets);
    }

    /** A copy of all of its octets. */
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketKey key && Arrays.equals(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "TicketKey";
    }
}
