package org.pollux.reactor.tls;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client speaks TLS: {@link #DEFAULTS}, changed by the {@code with} methods.
 *
 * <p>Later versions may add settings. The constructors of earlier versions stay; take settings apart by their methods, not by
 * a record pattern.
 *
 * @param trust whose servers are accepted
 * @param certificate the client's own, for servers that ask for one; null for none
 * @param alpn the protocols that are offered, the preferred one first; empty to offer none. A name is octets, each one a
 *     character below 256
 * @param oldest the oldest version of TLS
 * @param newest the newest version of TLS
 * @param cipherSuites IANA names of the suites that are offered, the preferred ones first; empty for the defaults
 * @param resumption how long a session may be resumed, at most as long as the server says; {@link Duration#ZERO} for never
 */
public record TlsClientSettings(
        Trust trust,
        @Nullable CertifiedKey certificate,
        List<String> alpn,
        TlsVersion oldest,
        TlsVersion newest,
        List<String> cipherSuites,
        Duration resumption) {

    /** The authorities of the system, no certificate, no ALPN, TLS 1.2 and 1.3, sessions that are resumed for two hours. */
    public static final TlsClientSettings DEFAULTS = new TlsClientSettings(
            Trust.installed(), null, List.of(), TlsVersion.TLS_1_2, TlsVersion.TLS_1_3, List.of(), Duration.ofHours(2));

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when there is no version, or a negative duration
     */
    public TlsClientSettings {
        alpn = List.copyOf(alpn);
        cipherSuites = List.copyOf(cipherSuites);
        check(oldest, newest, resumption);
    }

    static void check(TlsVersion oldest, TlsVersion newest, Duration resumption) {
        if (oldest.compareTo(newest) > 0) {
            throw new IllegalArgumentException(
                    "The oldest version of TLS, " + oldest + ", must not be newer than the newest, " + newest);
        }
        if (resumption.isNegative()) {
            throw new IllegalArgumentException(
                    "The time of resumption must not be negative, but is " + resumption.toMillis() + " ms");
        }
    }

    /** The same with another trust. */
    public TlsClientSettings withTrust(Trust other) {
        return new TlsClientSettings(other, certificate, alpn, oldest, newest, cipherSuites, resumption);
    }

    /** The same with a certificate for servers that ask for one. */
    public TlsClientSettings withCertificate(CertifiedKey own) {
        return new TlsClientSettings(trust, own, alpn, oldest, newest, cipherSuites, resumption);
    }

    /** The same with other protocols. */
    public TlsClientSettings withAlpn(List<String> protocols) {
        return new TlsClientSettings(trust, certificate, protocols, oldest, newest, cipherSuites, resumption);
    }

    /** The same with other versions. */
    public TlsClientSettings withVersions(TlsVersion from, TlsVersion to) {
        return new TlsClientSettings(trust, certificate, alpn, from, to, cipherSuites, resumption);
    }

    /** The same with other cipher suites. */
    public TlsClientSettings withCipherSuites(List<String> suites) {
        return new TlsClientSettings(trust, certificate, alpn, oldest, newest, suites, resumption);
    }

    /** The same with another time for which a session may be resumed. */
    public TlsClientSettings withResumption(Duration longest) {
        return new TlsClientSettings(trust, certificate, alpn, oldest, newest, cipherSuites, longest);
    }
}
