package org.pollux.reactor.tls;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a server speaks TLS: {@link #of} certificates, changed by the {@code with} methods. The defaults are those of
 * Mozilla's intermediate profile.
 *
 * <p>Later versions may add settings. The constructors of earlier versions stay; take settings apart by their methods, not by
 * a record pattern.
 *
 * @param certificates at least one; the first one serves clients that ask for no name, and for a name that none covers
 * @param alpn the protocols that are offered now, the preferred one first; empty to ignore ALPN. Called in each handshake, on
 *     its thread, and must return at once, so that protocols can come and go. A name is octets, each one a character below 256
 * @param clientAuth whether clients are asked for a certificate
 * @param clientTrust whose client certificates are accepted; not looked at for {@link ClientAuth#NONE}
 * @param oldest the oldest version of TLS
 * @param newest the newest version of TLS
 * @param cipherSuites IANA names of the suites that are allowed, the preferred ones first; empty for the defaults
 * @param ticketKeys the first one encrypts tickets, all of them decrypt; empty for a key of the context's own. Engines without
 *     {@link TlsFeature#TICKET_KEYS} ignore them
 * @param resumption how long a session may be resumed; {@link Duration#ZERO} for never
 */
public record TlsServerSettings(
        List<CertifiedKey> certificates,
        Supplier<List<String>> alpn,
        ClientAuth clientAuth,
        Trust clientTrust,
        TlsVersion oldest,
        TlsVersion newest,
        List<String> cipherSuites,
        List<TicketKey> ticketKeys,
        Duration resumption) {

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when there is no certificate, no version, or a negative duration
     */
    public TlsServerSettings {
        certificates = List.copyOf(certificates);
        cipherSuites = List.copyOf(cipherSuites);
        ticketKeys = List.copyOf(ticketKeys);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("A TLS server needs a certificate, and there is none");
        }
        TlsClientSettings.check(oldest, newest, resumption);
    }

    /** The defaults: no ALPN, no client certificates, TLS 1.2 and 1.3, sessions that may be resumed for two hours. */
    public static TlsServerSettings of(List<CertifiedKey> certificates) {
        return new TlsServerSettings(
                certificates,
                List::of,
                ClientAuth.NONE,
                Trust.installed(),
                TlsVersion.TLS_1_2,
                TlsVersion.TLS_1_3,
                List.of(),
                List.of(),
                Duration.ofHours(2));
    }

    /** The same with other certificates. */
    public TlsServerSettings withCertificates(List<CertifiedKey> others) {
        return new TlsServerSettings(
                others, alpn, clientAuth, clientTrust, oldest, newest, cipherSuites, ticketKeys, resumption);
    }

    /** The same with these protocols, always. */
    public TlsServerSettings withAlpn(List<String> protocols) {
        List<String> copy = List.copyOf(protocols);
        return withAlpn(() -> copy);
    }

    /** The same with the protocols that this gives at the time of each handshake. */
    public TlsServerSettings withAlpn(Supplier<List<String>> protocols) {
        return new TlsServerSettings(
                certificates, protocols, clientAuth, clientTrust, oldest, newest, cipherSuites, ticketKeys, resumption);
    }

    /** The same with certificates of clients. */
    public TlsServerSettings withClientAuth(ClientAuth auth, Trust trust) {
        return new TlsServerSettings(
                certificates, alpn, auth, trust, oldest, newest, cipherSuites, ticketKeys, resumption);
    }

    /** The same with other versions. */
    public TlsServerSettings withVersions(TlsVersion from, TlsVersion to) {
        return new TlsServerSettings(
                certificates, alpn, clientAuth, clientTrust, from, to, cipherSuites, ticketKeys, resumption);
    }

    /** The same with other cipher suites. */
    public TlsServerSettings withCipherSuites(List<String> suites) {
        return new TlsServerSettings(
                certificates, alpn, clientAuth, clientTrust, oldest, newest, suites, ticketKeys, resumption);
    }

    /** The same with other keys for tickets. */
    public TlsServerSettings withTicketKeys(List<TicketKey> keys) {
        return new TlsServerSettings(
                certificates, alpn, clientAuth, clientTrust, oldest, newest, cipherSuites, keys, resumption);
    }

    /** The same with another time for which a session may be resumed. */
    public TlsServerSettings withResumption(Duration longest) {
        return new TlsServerSettings(
                certificates, alpn, clientAuth, clientTrust, oldest, newest, cipherSuites, ticketKeys, longest);
    }
}
