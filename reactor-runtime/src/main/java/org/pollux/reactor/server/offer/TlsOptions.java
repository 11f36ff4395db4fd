package org.pollux.reactor.server.offer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pollux.reactor.tls.ClientAuth;
import org.pollux.reactor.tls.TlsVersion;

/**
 * The options of a {@code tls} endpoint: {@code ?clientAuth=needed&ca=FILE&crl=FILE&versions=1.3}.
 *
 * @param clientAuth whether clients are asked for a certificate
 * @param authorities the file with those whose clients are accepted, in the folder of certificates
 * @param revocations the file with their lists, in the same folder
 */
public record TlsOptions(
        ClientAuth clientAuth,
        Optional<String> authorities,
        Optional<String> revocations,
        TlsVersion oldest,
        TlsVersion newest) {

    static final String CLIENT_AUTH = "clientAuth";
    static final String CA = "ca";
    static final String CRL = "crl";
    static final String VERSIONS = "versions";
    static final Set<String> KEYS = Set.of(CLIENT_AUTH, CA, CRL, VERSIONS);

    /**
     * Reads the options of an endpoint.
     *
     * @throws IllegalArgumentException with what is wrong, as the end of a sentence, and the remedy
     */
    public static TlsOptions of(Map<String, String> options) {
        ClientAuth auth = clientAuth(options.getOrDefault(CLIENT_AUTH, "none"));
        Optional<String> authorities = Optional.ofNullable(options.get(CA));
        Optional<String> revocations = Optional.ofNullable(options.get(CRL));
        if (auth != ClientAuth.NONE && authorities.isEmpty()) {
            throw new IllegalArgumentException("asks clients for certificates, but not of whom: write ca=FILE, with the"
                    + " certificates of the authorities in conf/tls/FILE");
        }
        if (auth == ClientAuth.NONE && (authorities.isPresent() || revocations.isPresent())) {
            throw new IllegalArgumentException(
                    "has authorities for clients that are not asked for certificates: write clientAuth=wanted or"
                            + " clientAuth=needed too");
        }
        String versions = options.getOrDefault(VERSIONS, "1.2-1.3");
        return switch (versions) {
            case "1.2-1.3" -> new TlsOptions(auth, authorities, revocations, TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
            case "1.2" -> new TlsOptions(auth, authorities, revocations, TlsVersion.TLS_1_2, TlsVersion.TLS_1_2);
            case "1.3" -> new TlsOptions(auth, authorities, revocations, TlsVersion.TLS_1_3, TlsVersion.TLS_1_3);
            default ->
                throw new IllegalArgumentException(
                        "has versions=" + versions + ": write 1.2-1.3, 1.2 or 1.3; older ones are not secure");
        };
    }

    private static ClientAuth clientAuth(String value) {
        return switch (value) {
            case "none" -> ClientAuth.NONE;
            case "wanted" -> ClientAuth.WANTED;
            case "needed" -> ClientAuth.NEEDED;
            default -> throw new IllegalArgumentException("has clientAuth=" + value + ": write none, wanted or needed");
        };
    }
}
