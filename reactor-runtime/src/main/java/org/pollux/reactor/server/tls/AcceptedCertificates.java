package org.pollux.reactor.server.tls;

import java.util.List;
import java.util.stream.Stream;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsServerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sorts out the certificates that an engine refuses, by trying each of them alone. */
final class AcceptedCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptedCertificates.class);

    private AcceptedCertificates() {}

    /**
     * Those that the engine accepts. In the place of one that it refuses is the one before it, if there was one.
     *
     * @param before what was in force
     */
    static List<CertifiedKey> of(TlsEngine engine, List<CertifiedKey> certificates, List<CertifiedKey> before) {
        return certificates.stream()
                .flatMap(key -> accepts(engine, key) ? Stream.of(key) : predecessors(engine, key, before))
                .distinct()
                .toList();
    }

    private static boolean accepts(TlsEngine engine, CertifiedKey key) {
        try {
            engine.server(TlsServerSettings.of(List.of(key))).close();
            return true;
        } catch (RuntimeException e) {
            LOG.debug("{} refuses {}", engine.name(), key, e);
            return false;
        }
    }

    /** For the same names, with a key of the same kind. */
    private static Stream<CertifiedKey> predecessors(TlsEngine engine, CertifiedKey key, List<CertifiedKey> before) {
        return before.stream()
                .filter(old -> old.names().equals(key.names())
                        && old.key().getAlgorithm().equals(key.key().getAlgorithm())
                        && accepts(engine, old));
    }
}
