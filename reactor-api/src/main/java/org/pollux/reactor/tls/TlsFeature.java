package org.pollux.reactor.tls;

/** What a TLS engine may do, and need not. */
public enum TlsFeature {
    /** It encrypts tickets with {@link TlsServerSettings#ticketKeys}. Without it the engine makes its own keys. */
    TICKET_KEYS,
    /** It sends {@link CertifiedKey#ocspResponse}. */
    OCSP_STAPLING
}
