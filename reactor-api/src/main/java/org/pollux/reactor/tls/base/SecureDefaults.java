package org.pollux.reactor.tls.base;

import java.util.List;

/**
 * The defaults of both engines: the intermediate profile of Mozilla's server side TLS guidelines, version 5.7, without its
 * finite-field suites, which only clients without elliptic curves need. The client's order decides, because a client knows
 * whether it has AES in hardware.
 */
public final class SecureDefaults {

    /** IANA names of the cipher suites, for TLS 1.3 and then for TLS 1.2. */
    public static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** IANA names of the groups for the exchange of keys. */
    public static final List<String> GROUPS = List.of("x25519", "secp256r1", "secp384r1");

    private SecureDefaults() {}
}
