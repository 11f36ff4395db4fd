package org.pollux.reactor.tls;

/** Whether a server asks its clients for a certificate. */
public enum ClientAuth {
    /** It does not ask. */
    NONE,
    /** It asks, and serves clients without a certificate too. */
    WANTED,
    /** It serves only clients with a certificate. */
    NEEDED
}
