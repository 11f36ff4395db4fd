package org.pollux.reactor.tls;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whose certificates are accepted. */
public sealed interface Trust {

    /** Those that the authorities of the system have signed, as the engine finds them installed. */
    record Installed() implements Trust {}

    /**
     * Every certificate, also one for another host: for trials only. It authenticates nobody.
     */
    record Anyone() implements Trust {}

    /**
     * Those that these authorities have signed, directly or through certificates that the peer sends.
     *
     * @param authorities their certificates; also a single self-signed one of a server
     * @param revocations a certificate in a list that its issuer has signed is refused, and nothing else: no list needs to be
     *     there, and an outdated one counts
     */
    record Authorities(List<X509Certificate> authorities, List<X509CRL> revocations) implements Trust {

        /**
         * Copies both.
         *
         * @throws IllegalArgumentException when there is no authority
         */
        public Authorities {
            authorities = List.copyOf(authorities);
            revocations = List.copyOf(revocations);
            if (authorities.isEmpty()) {
                throw new IllegalArgumentException("There is no authority to trust; give at least one certificate");
            }
        }
    }

    /** {@link Installed}. */
    static Trust installed() {
        return new Installed();
    }

    /** {@link Anyone}. */
    static Trust anyone() {
        return new Anyone();
    }

    /** {@link Authorities} without lists of revocations. */
    static Trust in(List<X509Certificate> authorities) {
        return new Authorities(authorities, List.of());
    }
}
